package org.pingrecorder.icmp.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoCodecTest {

    private static final int AT = 3; // odd, as nothing promises alignment
    private static final long TOKEN = 0xfedcba9876543210L;

    private final MemorySegment memory = MemorySegment.ofArray(new byte[2048]);

    private void request(EchoCodec codec) {
        codec.prepare(memory, AT);
        codec.stamp(memory, AT, 0xabcd, 0xffee, TOKEN);
    }

    private void turnIntoReply(boolean ipv6) {
        memory.set(JAVA_BYTE, AT, (byte) (ipv6 ? 129 : 0));
        memory.set(JAVA_BYTE, AT + 2, (byte) 0);
        memory.set(JAVA_BYTE, AT + 3, (byte) 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stamp_request_canBeReadBack(boolean ipv6) {
        EchoCodec codec = new EchoCodec(ipv6, false, 56);
        request(codec);

        assertEquals(64, codec.messageBytes());
        assertTrue(codec.isRequest(memory, AT, 64));
        assertFalse(codec.isReply(memory, AT, 64));
        assertEquals(0xabcd, EchoCodec.id(memory, AT));
        assertEquals(0xffee, EchoCodec.sequence(memory, AT));
        assertEquals(TOKEN, EchoCodec.token(memory, AT));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 17, 56, 1471, 1472})
    void stamp_anySize_hasSoundChecksum(int payloadBytes) {
        EchoCodec codec = new EchoCodec(false, true, payloadBytes);
        request(codec);
        codec.stamp(memory, AT, 1, 2, -TOKEN); // prepared once, stamped often

        assertEquals(0, Checksum.of(Checksum.sum(memory, AT, codec.messageBytes())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isIntact_replyOfWhatWasSent_isTrue(boolean ipv6) {
        EchoCodec codec = new EchoCodec(ipv6, false, 56);
        request(codec);
        turnIntoReply(ipv6);

        assertTrue(codec.isReply(memory, AT, 64));
        assertTrue(codec.isIntact(memory, AT, 64));
    }

    @Test
    void isIntact_anyByteOfTheFillingChanged_isFalse() {
        EchoCodec codec = new EchoCodec(false, false, 56);
        for (int at = EchoCodec.HEADER_BYTES + EchoCodec.TOKEN_BYTES; at < 64; at++) {
            request(codec);
            turnIntoReply(false);
            memory.set(JAVA_BYTE, AT + at, (byte) ~memory.get(JAVA_BYTE, AT + at));

            assertFalse(codec.isIntact(memory, AT, 64), "byte " + at);
        }
    }

    @Test
    void isIntact_wrongChecksum_isFalseWhereChecksumsAreOurs() {
        request(new EchoCodec(false, true, 56));
        memory.set(JAVA_BYTE, AT, (byte) 0); // the checksum is now that of another type

        assertFalse(new EchoCodec(false, true, 56).isIntact(memory, AT, 64));
        assertTrue(new EchoCodec(false, false, 56).isIntact(memory, AT, 64));
    }

    @Test
    void isIntact_otherLength_isFalse() {
        EchoCodec codec = new EchoCodec(false, false, 56);
        request(codec);
        for (int bytes = 0; bytes < 200; bytes++) {
            assertEquals(bytes == 64, codec.isIntact(memory, AT, bytes), bytes + " bytes");
        }
    }

    @Test
    void isReply_tooShortOrWithCode_isFalse() {
        EchoCodec codec = new EchoCodec(true, false, 56);
        request(codec);
        turnIntoReply(true);
        for (int bytes = 0; bytes < EchoCodec.HEADER_BYTES; bytes++) {
            assertFalse(codec.isReply(memory, AT, bytes));
        }
        memory.set(JAVA_BYTE, AT + 1, (byte) 1);

        assertFalse(codec.isReply(memory, AT, 64));
        assertFalse(EchoCodec.hasToken(15));
        assertTrue(EchoCodec.hasToken(16));
    }

    @Test
    void decoding_randomBytes_neverThrowsNorBelieves() {
        Random random = new Random(7);
        EchoCodec codec = new EchoCodec(false, true, 56);
        byte[] bytes = new byte[128];
        MemorySegment hostile = MemorySegment.ofArray(bytes);
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            int length = random.nextInt(bytes.length + 1);
            int header = Ipv4Header.bytesBeforeIcmp(hostile, 0, length);
            assertTrue(header == -1 || (header >= 20 && header <= Math.min(60, length)));
            codec.isReply(hostile, 0, length);
            assertFalse(codec.isIntact(hostile, 0, length));
        }
    }
}
