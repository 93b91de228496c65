package org.pingrecorder.icmp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv4HeaderTest {

    @ParameterizedTest
    @CsvSource({
        "0x45, 1, 84, 20",
        "0x4f, 1, 84, 60", // with options
        "0x45, 1, 20, 20", // header only
        "0x45, 1, 19, -1",
        "0x45, 1, 0, -1",
        "0x4f, 1, 59, -1", // options cut off
        "0x44, 1, 84, -1", // shorter than a header can be
        "0x65, 1, 84, -1", // another version
        "0x45, 17, 84, -1" // another protocol
    })
    void bytesBeforeIcmp_header_isMeasuredOrRefused(
            String first, int protocol, int bytes, int expected) {
        byte[] packet = new byte[84];
        packet[0] = Integer.decode(first).byteValue();
        packet[9] = (byte) protocol;

        assertEquals(expected, Ipv4Header.bytesBeforeIcmp(MemorySegment.ofArray(packet), 0, bytes));
    }
}
