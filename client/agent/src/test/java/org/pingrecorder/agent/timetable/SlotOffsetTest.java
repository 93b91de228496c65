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
    private static final int MOST_PARTS = 100;

    /**
     * The chi-square of the spread over parts of the interval, in standard deviations from what an
     * even spread has.
     */
    private static double uneven(long intervalMicros, IntFunction<String> ip) {
        int parts = (int) Math.min(MOST_PARTS, intervalMicros / SlotOffset.PLACE_MICROS);
        int[] counts = new int[parts];
        for (int i = 0; i < IPS; i++) {
            long offset = SlotOffset.micros("client1", ip.apply(i), intervalMicros);
            assertEquals(0, offset % SlotOffset.PLACE_MICROS);
            counts[(int) (offset * parts / intervalMicros)]++;
        }
        double expected = (double) IPS / parts;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return (sum - parts) / Math.sqrt(2.0 * parts);
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_000_000, 10_000_000, 3_600_000_000L})
    void micros_tenThousandNeighbours_areSpreadEvenly(long interval) {
        assertTrue(uneven(interval, i -> "10.1." + i / 250 + "." + (1 + i % 250)) < 6);
        assertTrue(uneven(interval, i -> "2001:db8::" + Integer.toHexString(i + 1)) < 6);
        assertTrue(uneven(interval, i -> "host" + i + ".example") < 6);
        assertTrue(uneven(interval, i -> "h" + i / 2 + ".example ipv" + (4 + i % 2 * 2)) < 6);
    }

    @Test
    void micros_sameForTheSame_otherForOthers() {
        long offset = SlotOffset.micros("client1", "192.0.2.7", 10_000_000);

        // Written down, so that no update moves a slot unnoticed.
        assertEquals(845_000, offset);
        assertNotEquals(offset, SlotOffset.micros("client2", "192.0.2.7", 10_000_000));
        assertNotEquals(offset, SlotOffset.micros("client1", "192.0.2.8", 10_000_000));
    }
}
