package org.pingrecorder.recorder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Outcome;

final class SampleCodecTest {

    @Test
    void hourOfNormalJitter_takesItsEntropyAndLittleMore() {
        Random random = new Random(7);
        Samples hour = new Samples();
        for (int i = 0; i < 3_600; i++) {
            long at = 1_763_704_800_250_000L + i * 1_000_000L;
            if (random.nextInt(100) == 0) {
                hour.add(at, 1_000_000, Outcome.TIMEOUT, -1);
            } else {
                int latency = (int) (20_000 + 1_000 * random.nextGaussian());
                hour.setTtl(hour.add(at, 1_000_000, Outcome.REPLY, latency), 57);
            }
        }

        byte[] bytes = SampleCodec.encode(hour);

        double perPing = bytes.length / 3_600.0;
        assertTrue(perPing < 1.55, perPing + " bytes a ping");
        assertSame(hour, SampleCodec.decode(bytes));
    }

    @Test
    void decode_ofSeveralOneAfterTheOther_isAllOfThem() {
        Samples all = new Samples();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int part = 0; part < 40; part++) {
            Samples samples = new Samples();
            for (int i = 0; i < part; i++) {
                samples.add(part * 1_000L + i, 1, Outcome.REPLY, part * i * 37);
                all.addFrom(samples, i);
            }
            bytes.writeBytes(SampleCodec.encode(samples));
        }
        assertSame(all, SampleCodec.decode(bytes.toByteArray()));
    }

    static void assertSame(Samples expected, Samples actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.atMicros(i), actual.atMicros(i), "time of " + i);
            assertEquals(expected.intervalMicros(i), actual.intervalMicros(i), "interval of " + i);
            assertEquals(expected.outcome(i), actual.outcome(i), "outcome of " + i);
            assertEquals(expected.latencyMicros(i), actual.latencyMicros(i), "latency of " + i);
            assertEquals(expected.ttl(i), actual.ttl(i), "ttl of " + i);
            assertEquals(expected.offsetMicros(i), actual.offsetMicros(i), "offset of " + i);
            assertEquals(expected.address(i), actual.address(i), "address of " + i);
            assertEquals(expected.extra(i), actual.extra(i), "extra of " + i);
        }
    }
}
