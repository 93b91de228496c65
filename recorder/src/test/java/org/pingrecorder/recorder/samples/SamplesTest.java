package org.pingrecorder.recorder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Outcome;

class SamplesTest {

    private static List<Integer> latencies(Samples samples) {
        return IntStream.range(0, samples.size()).mapToObj(samples::latencyMicros).toList();
    }

    @Test
    void sorted_ofAnyOrder_keepsThoseOfOneTimeInTheirOrder() {
        for (int round = 0; round < 300; round++) {
            Random random = new Random(round);
            Samples samples = new Samples();
            int count = random.nextInt(200);
            long spread = random.nextLong(1, 300);
            for (int i = 0; i < count; i++) {
                long at = random.nextBoolean() ? random.nextLong(spread) : i;
                samples.add(at, 1, Outcome.REPLY, i);
            }
            List<Integer> expected =
                    IntStream.range(0, count)
                            .boxed()
                            .sorted(Comparator.comparingLong(samples::atMicros))
                            .toList();
            assertEquals(expected, latencies(samples.sorted()), "round " + round);
        }
    }

    @Test
    void only_isThatPingWithAllItHas() {
        Samples samples = new Samples();
        samples.add(1, 1_000, Outcome.REPLY, 5);
        int index = samples.add(2, 0, Outcome.LATE, 7);
        samples.setTtl(index, 61);
        samples.setAddress(index, "192.0.2.9");
        samples.setOffsetMicros(index, -3);
        Samples only = samples.only(index);
        only.add(9, 0, Outcome.TIMEOUT, -1);
        assertEquals(2, only.size());
        assertEquals(2, only.atMicros(0));
        assertEquals(7, only.latencyMicros(0));
        assertEquals(61, only.ttl(0));
        assertEquals("192.0.2.9", only.address(0));
        assertEquals(-3, only.offsetMicros(0));
        assertEquals(Outcome.TIMEOUT, only.outcome(1));
    }
}
