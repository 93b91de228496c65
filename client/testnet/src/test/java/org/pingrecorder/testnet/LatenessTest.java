package org.pingrecorder.testnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenessTest {

    private final Lateness lateness = new Lateness();

    @Test
    void quantile_ofNothing_isZero() {
        assertEquals(0, lateness.quantileNanos(0.99));
    }

    @Test
    void quantile_manyPackets_isTheUpperEdgeOfItsMicrosecond() {
        for (int micros = 0; micros < 100; micros++) {
            lateness.add(micros * 1_000L);
        }
        lateness.add(7_000_000_000L);

        assertEquals(101, lateness.count());
        assertEquals(51_000, lateness.quantileNanos(0.5));
        assertEquals(100_000, lateness.quantileNanos(0.99));
        assertEquals(7_000_000_000L, lateness.maxNanos());

        lateness.reset();
        assertEquals("0 packets late by p50 0, p99 0, max 0 µs", lateness.toString());
    }
}
