package org.pingrecorder.recorder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.pingrecorder.recorder.samples.SampleCodecTest.assertSame;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.pingrecorder.wire.Outcome;

class SampleCodecPropertyTest {

    @Provide
    Arbitrary<Samples> hostile() {
        return HostileSamples.any();
    }

    @Property(tries = 1_000)
    void decode_whateverWasEncoded_isTheSame(@ForAll("hostile") Samples given) {
        assertSame(given, SampleCodec.decode(SampleCodec.encode(given)));
    }

    @Property(tries = 500)
    void decode_afterOtherSamples_addsTheSameAndChangesNone(
            @ForAll("hostile") Samples first, @ForAll("hostile") Samples second) {
        byte[] bytes = SampleCodec.encode(second);
        byte[] among = new byte[bytes.length + 20];
        Arrays.fill(among, (byte) 0xa5);
        System.arraycopy(bytes, 0, among, 10, bytes.length);
        Samples both = SampleCodec.decode(SampleCodec.encode(first));

        SampleCodec.decode(among, 10, bytes.length, both);

        Samples expected = new Samples();
        HostileSamples.addAll(expected, first);
        HostileSamples.addAll(expected, second);
        assertSame(expected, both);
    }

    @Property(tries = 3_000)
    void decode_damagedBytes_isRefusedOrSomeSamples(
            @ForAll("hostile") Samples given, @ForAll Random random) {
        byte[] bytes = SampleCodec.encode(given);
        for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        decodesOrRefuses(bytes);
    }

    @Property(tries = 500)
    void decode_truncatedBytes_isRefusedAndAddsNothing(
            @ForAll("hostile") Samples given, @ForAll Random random) {
        byte[] bytes = SampleCodec.encode(given);
        int length = random.nextInt(1, bytes.length);
        Samples before = SampleCodec.decode(bytes);

        assertThrows(
                IllegalArgumentException.class, () -> SampleCodec.decode(bytes, 0, length, before));

        assertSame(given, before);
        before.add(1, 0, Outcome.TIMEOUT, -1);
        assertEquals(Extra.NONE, before.extra(given.size()));
    }

    @Property(tries = 3_000)
    void decode_randomBytes_isRefusedOrSomeSamples(@ForAll @Size(max = 400) byte[] bytes) {
        if (bytes.length > 0) {
            bytes[0] = 1;
        }
        decodesOrRefuses(bytes);
    }

    private static void decodesOrRefuses(byte[] bytes) {
        Samples samples;
        try {
            samples = SampleCodec.decode(bytes);
        } catch (IllegalArgumentException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
            return;
        }
        // What was read can be written, and is the same then.
        assertSame(samples, SampleCodec.decode(SampleCodec.encode(samples)));
    }

    @Property(tries = 300)
    void sorted_whateverOrder_keepsAllAndThoseOfOneTimeInTheirOrder(
            @ForAll("hostile") Samples given) {
        Integer[] order = new Integer[given.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(given.atMicros(a), given.atMicros(b)));
        Samples expected = new Samples();
        for (int index : order) {
            expected.addFrom(given, index);
        }
        assertSame(expected, given.sorted());
    }

    @Property(tries = 300)
    void addFrom_spanOfTime_addsThoseInIt(
            @ForAll("hostile") Samples given, @ForAll("hostile") Samples before) {
        long start = 1_763_704_803_000_000L;
        long end = start + 60_000_000;
        Samples expected = new Samples();
        Samples actual = new Samples();
        HostileSamples.addAll(expected, before);
        HostileSamples.addAll(actual, before);
        for (int i = 0; i < given.size(); i++) {
            if (given.atMicros(i) >= start && given.atMicros(i) < end) {
                expected.addFrom(given, i);
            }
        }

        actual.addFrom(given, start, end);

        assertSame(expected, actual);
    }
}
