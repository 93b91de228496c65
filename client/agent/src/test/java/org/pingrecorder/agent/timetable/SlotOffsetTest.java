package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotOffsetTest {

    private static final int IPS = 10_000;
    private static final int PARTS = 100;

    /** The chi-square of an even spread over 99 degrees of freedom is above this once in 10^6. */
    private static final double MOST = 175;

    private static double chiSquare(long intervalMicros, IntFunction<String> ip) {
        int[] counts = new int[PARTS];
        for (int i = 0; i < IPS; i++) {
            long offset = SlotOffset.micros("client1", ip.apply(i), intervalMicros);
            counts[(int) (offset * PARTS / intervalMicros)]++;
        }
        double expected = (double) IPS / PARTS;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_000_000, 10_000_000, 3_600_000_000L})
    void micros_tenThousandNeighbours_areSpreadEvenly(long interval) {
        assertTrue(chiSquare(interval, i -> "10.1." + i / 250 + "." + (1 + i % 250)) < MOST);
        assertTrue(chiSquare(interval, i -> "2001:db8::" + Integer.toHexString(i + 1)) < MOST);
        assertTrue(chiSquare(interval, i -> "host" + i + ".example") < MOST);
        assertTrue(chiSquare(interval, i -> "h" + i / 2 + ".example ipv" + (4 + i % 2 * 2)) < MOST);
    }

    @Test
    void micros_sameForTheSame_otherForOthers() {
        long offset = SlotOffset.micros("client1", "192.0.2.7", 10_000_000);

        // As the version before it had it: an update moves no slot.
        assertEquals(847_275, offset);
        assertNotEquals(offset, SlotOffset.micros("client2", "192.0.2.7", 10_000_000));
        assertNotEquals(offset, SlotOffset.micros("client1", "192.0.2.8", 10_000_000));
    }
}
