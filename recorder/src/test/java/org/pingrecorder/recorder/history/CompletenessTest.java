package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CompletenessTest {

    @Test
    void slots_ofAnySpan_areThoseThatCountingFinds() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            Timetable timetable = new Timetable();
            long[] from = random.longs(3, 0, 100).sorted().distinct().toArray();
            long[] interval = random.longs(3, 1, 15).toArray();
            for (int i = 0; i < from.length; i++) {
                timetable.add(from[i], interval[i]);
            }
            long start = random.nextInt(120);
            long end = start + random.nextInt(60);
            long counted = 0;
            for (int i = 0; i < from.length; i++) {
                long until = i + 1 < from.length ? from[i + 1] : Long.MAX_VALUE;
                for (long slot = from[i]; slot < until && slot < end; slot += interval[i]) {
                    counted += slot >= start ? 1 : 0;
                }
            }
            assertEquals(counted, timetable.slots(start, end), "round " + round);
        }
    }
}
