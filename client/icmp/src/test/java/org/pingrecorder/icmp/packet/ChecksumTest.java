package org.pingrecorder.icmp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    private static int checksum(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return Checksum.of(Checksum.sum(MemorySegment.ofArray(array), 0, array.length));
    }

    @Test
    void of_exampleOfRfc1071_matches() {
        assertEquals(~0xddf2 & 0xffff, checksum(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7));
    }

    @Test
    void of_oddLength_isPaddedWithZero() {
        assertEquals(checksum(0x12, 0x34, 0x56, 0x00), checksum(0x12, 0x34, 0x56));
    }

    @Test
    void of_carriesThatCarryAgain_areFolded() {
        assertEquals(0xfffe, checksum(0xff, 0xff, 0x00, 0x01));
        assertEquals(0xffff, checksum());
    }
}
