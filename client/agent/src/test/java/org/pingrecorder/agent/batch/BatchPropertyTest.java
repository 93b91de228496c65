package org.pingrecorder.agent.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/** What comes out of a batch's bytes is what went in; hostile bytes are refused and no worse. */
class BatchPropertyTest {

    private static final Outcome[] OUTCOMES = Outcome.values();

    private static Series hostile(Random random, int pings) {
        Series s = new Series();
        BatchIp ip = new BatchIp("a" + random.nextInt(3), null, null, 1 + random.nextInt(1 << 30));
        s.start(ip, random.nextBoolean() ? "::1" : null, random.nextLong() >> 8);
        for (int i = 0; i < pings; i++) {
            Outcome outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
            int bits = random.nextInt(31);
            int at = s.add(outcome, outcome.hasLatency() ? random.nextInt(1 << bits) : Series.NONE);
            s.ttl[at] = outcome.hasLatency() ? 50 + random.nextInt(2) : Series.NONE;
            if (outcome == Outcome.UNREACHABLE) {
                s.errorType[at] = random.nextInt(257) - 1;
                s.errorCode[at] = random.nextInt(257) - 1;
                s.detail[at] = random.nextBoolean() ? "192.0.2." + random.nextInt(9) : null;
            }
            s.duplicates[at] = random.nextInt(10) == 0 ? random.nextInt(1 << bits) : 0;
            s.cutOff[at] = !outcome.hasLatency() && random.nextInt(3) == 0;
            s.slipMicros[at] = random.nextInt(10) == 0 ? random.nextInt(1 << bits) : 0;
        }
        return s;
    }

    @Property(tries = 300)
    void decode_whatWasEncoded_isTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int pings) throws IOException {
        Random random = new Random(seed);
        BatchEncoder encoder = new BatchEncoder();
        WriteDictionary written = new WriteDictionary();
        ReadDictionary read = new ReadDictionary();
        for (int batch = 1; batch <= 3; batch++) {
            Series first = hostile(random, pings);
            Series second = hostile(random, 1);
            encoder.begin(written, random.nextLong() >> 8);
            encoder.add(first);
            encoder.add(second);
            Measurement measured = measurement(random, 100);
            if (batch > 1) {
                encoder.add(measured);
            }
            BatchHeader header = encoder.end(batch, seed & 0xffff, seed);

            BatchDecoder decoder = new BatchDecoder(encoder.bytes(), encoder.size(), read);

            assertEquals(header, decoder.header());
            assertSame(first, decoder.nextSeries());
            assertSame(second, decoder.nextSeries());
            assertNull(decoder.nextSeries());
            assertNull(decoder.nextGap());
            assertNull(decoder.nextRunning());
            if (batch > 1) {
                assertSame(measured, decoder.nextMeasurement());
            }
            assertNull(decoder.nextMeasurement());
        }
    }

    private static Measurement measurement(Random random, int mostNames) {
        int count = random.nextInt(mostNames);
        String[] names = new String[count];
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            names[i] = "m" + random.nextInt(50) + "{a=\"ü\"}";
            double any = Double.longBitsToDouble(random.nextLong());
            values[i] =
                    switch (random.nextInt(3)) {
                        case 0 -> random.nextInt(1_000) / 10.0;
                        case 1 -> random.nextLong() >> random.nextInt(64);
                        default -> Double.isFinite(any) ? any : -0.0;
                    };
        }
        return new Measurement(random.nextLong() >> 8, random.nextInt(1 << 22), names, values);
    }

    private static void assertSame(Measurement expected, @Nullable Measurement next) {
        Measurement found = Objects.requireNonNull(next);
        assertEquals(expected.atMicros(), found.atMicros());
        assertEquals(expected.intervalMillis(), found.intervalMillis());
        assertEquals(expected.count(), found.count());
        for (int i = 0; i < expected.count(); i++) {
            assertEquals(expected.name(i), found.name(i));
            assertEquals(
                    Double.doubleToLongBits(expected.value(i)),
                    Double.doubleToLongBits(found.value(i)));
        }
    }

    private static void assertSame(Series expected, @Nullable Series next) {
        Series found = Objects.requireNonNull(next);
        assertEquals(expected.ip(), found.ip());
        assertEquals(expected.address, found.address);
        assertEquals(expected.startMicros, found.startMicros);
        assertEquals(expected.count, found.count);
        for (int i = 0; i < expected.count; i++) {
            assertEquals(expected.outcomes[i], found.outcomes[i]);
            assertEquals(expected.latencyMicros[i], found.latencyMicros[i]);
            assertEquals(expected.ttl[i], found.ttl[i]);
            assertEquals(expected.errorType[i], found.errorType[i]);
            assertEquals(expected.errorCode[i], found.errorCode[i]);
            assertEquals(expected.detail[i], found.detail[i]);
            assertEquals(expected.duplicates[i], found.duplicates[i]);
            assertEquals(expected.slipMicros[i], found.slipMicros[i]);
            assertEquals(expected.cutOff[i], found.cutOff[i]);
        }
    }

    @Property(tries = 2_000)
    void decode_anyBytes_areReadOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        drain(bytes, bytes.length);
    }

    @Property(tries = 500)
    void decode_bytesWithOneChanged_areReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        BatchEncoder encoder = new BatchEncoder();
        encoder.begin(new WriteDictionary(), 0);
        encoder.add(hostile(random, 20));
        encoder.add(measurement(random, 4));
        encoder.end(1, 1, null);
        for (int i = 0; i < encoder.size(); i++) {
            byte[] changed = Arrays.copyOf(encoder.bytes(), encoder.size());
            changed[i] = (byte) random.nextInt();
            drain(changed, changed.length);
            drain(encoder.bytes(), i);
        }
    }

    private static void drain(byte[] bytes, int length) {
        try {
            BatchDecoder decoder = new BatchDecoder(bytes, length, new ReadDictionary());
            while (decoder.nextSeries() != null) {
                // Only to see that nothing else is thrown.
            }
            while (decoder.nextGap() != null) {
                // As above.
            }
            while (decoder.nextRunning() != null) {
                // As above.
            }
            while (decoder.nextMeasurement() != null) {
                // As above.
            }
        } catch (CorruptException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
