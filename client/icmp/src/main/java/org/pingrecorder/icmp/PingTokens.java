package org.pingrecorder.icmp;

import java.security.SecureRandom;

/**
 * Makes the token that each request carries: SipHash-2-4 (Aumasson and Bernstein, 2012) of a
 * counter under a secret of this engine. A host that has seen all its own tokens can still not
 * guess the one of another, nor of its next ping.
 */
final class PingTokens {

    private final long key0;
    private final long key1;
    private long next;

    PingTokens(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    static PingTokens withRandomSecret() {
        SecureRandom random = new SecureRandom();
        return new PingTokens(random.nextLong(), random.nextLong());
    }

    /** A token never given before. */
    long next() {
        return token(next++);
    }

    /** SipHash-2-4 of the eight bytes of {@code message}, little-endian. */
    long token(long message) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        long lengthBlock = 8L << 56;
        for (int round = 0; round < 8; round++) {
            // Two rounds for the message, two for its length, four to finish.
            if (round == 0) {
                v3 ^= message;
            } else if (round == 2) {
                v0 ^= message;
                v3 ^= lengthBlock;
            } else if (round == 4) {
                v0 ^= lengthBlock;
                v2 ^= 0xff;
            }
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
