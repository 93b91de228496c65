package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.agent.timetable.SlipHistogram.Summary;

class SlipHistogramTest {

    private final SlipHistogram slips = new SlipHistogram();

    @Test
    void take_nothingAdded_isZeros() {
        assertEquals(new Summary(0, 0, 0, 0), slips.take());
    }

    @Test
    void take_again_isOnlyWhatCameSince() {
        slips.add(5_000_000);
        slips.add(900);
        assertEquals(5_000, slips.take().maxMicros());

        slips.add(7_000);

        assertEquals(new Summary(1, 7, 7, 7), slips.take());
        assertEquals(new Summary(0, 0, 0, 0), slips.take());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 17, 1_000, 65_535, 65_536, 4_294_967_295L})
    void take_oneValue_isThatValue(long micros) {
        slips.add(micros * 1_000);

        assertEquals(new Summary(1, micros, micros, micros), slips.take());
    }

    @Test
    void take_beyondAllBuckets_keepsTheMaximum() {
        long day = 86_400_000_000L;
        slips.add(day * 1_000);

        Summary taken = slips.take();

        assertEquals(1, taken.count());
        assertEquals(day, taken.maxMicros());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 1_000, 50_000})
    void take_anyValues_hasQuantilesAtMostAnEighthTooHigh(int count) {
        Random random = new Random(count);
        long[] micros = new long[count];
        for (int i = 0; i < count; i++) {
            micros[i] = (long) Math.exp(random.nextDouble() * 20);
            slips.add(micros[i] * 1_000 + random.nextInt(1_000));
        }
        Arrays.sort(micros);

        Summary taken = slips.take();

        assertEquals(count, taken.count());
        assertEquals(micros[count - 1], taken.maxMicros());
        assertNear(micros[(count + 1) / 2 - 1], taken.p50Micros());
        assertNear(micros[(count * 99 + 99) / 100 - 1], taken.p99Micros());
    }

    private static void assertNear(long exact, long told) {
        assertTrue(told >= exact && told <= exact + exact / 8, exact + " told as " + told);
    }

    @Test
    void take_byAReaderOfItsOwn_takesNothingFromOthers() {
        SlipHistogram.Reader reader = slips.new Reader();
        slips.add(5_000_000);

        assertEquals(1, reader.take().count());
        assertEquals(new Summary(1, 5_000, 5_000, 5_000), slips.take());
        slips.add(1_000);
        assertEquals(new Summary(1, 1, 1, 1), reader.take());
        assertEquals(0, reader.take().count());
    }
}
