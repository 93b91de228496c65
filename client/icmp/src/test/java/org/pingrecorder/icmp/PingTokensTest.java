package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class PingTokensTest {

    @Test
    void token_referenceVector_matchesSipHash24() {
        // Key 00..0f and message 00..07, from the reference implementation's vectors.
        PingTokens tokens = new PingTokens(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

        assertEquals(0x93f5f5799a932462L, tokens.token(0x0706050403020100L));
    }

    @Test
    void next_twoEngines_giveDifferentTokens() {
        assertNotEquals(PingTokens.withRandomSecret().next(), PingTokens.withRandomSecret().next());
    }
}
