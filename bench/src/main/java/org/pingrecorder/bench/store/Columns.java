package org.pingrecorder.bench.store;

import java.nio.ByteBuffer;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/**
 * What the peers' packings share: LEB128 numbers, and the outcomes of pings and their place on the
 * timetable as runs, which is little beside the latencies.
 */
final class Columns {

    /** More than a ping ever takes. */
    private static final int MOST_BYTES = 24;

    private static final Outcome[] OUTCOMES = Outcome.values();

    private Columns() {}

    static ByteBuffer room(Samples samples) {
        return ByteBuffer.allocate(64 + MOST_BYTES * samples.size());
    }

    static byte[] written(ByteBuffer out) {
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    static void putVar(ByteBuffer out, long value) {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            out.put((byte) (rest | 0x80));
        }
        out.put((byte) rest);
    }

    static long readVar(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    static long fold(long value) {
        return (value << 1) ^ (value >> 63);
    }

    static long unfold(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** Runs of pings with one interval and one outcome, each after the other's expected end. */
    static void putRuns(ByteBuffer out, Samples samples) {
        long expected = 0;
        for (int start = 0, end; start < samples.size(); start = end) {
            long interval = samples.intervalMicros(start);
            Outcome outcome = samples.outcome(start);
            end = start + 1;
            while (end < samples.size()
                    && samples.outcome(end) == outcome
                    && samples.intervalMicros(end) == interval
                    && samples.atMicros(end) - samples.atMicros(end - 1) == interval) {
                end++;
            }
            putVar(out, ((long) (end - start) << 3) | code(outcome));
            putVar(out, fold(samples.atMicros(start) - expected));
            putVar(out, interval);
            expected = samples.atMicros(end - 1) + interval;
        }
    }

    static Samples readRuns(ByteBuffer in, int[] latencies) {
        Samples into = new Samples();
        into.ensureCapacity(latencies.length);
        long expected = 0;
        for (int i = 0; i < latencies.length; ) {
            long head = readVar(in);
            long at = expected + unfold(readVar(in));
            long interval = readVar(in);
            Outcome outcome = OUTCOMES[(int) head & 7];
            for (int end = i + (int) (head >>> 3); i < end; i++) {
                into.add(at, interval, outcome, outcome.hasLatency() ? latencies[i] : -1);
                at += interval;
            }
            expected = at;
        }
        return into;
    }

    private static int code(Outcome outcome) {
        for (int i = 0; i < OUTCOMES.length; i++) {
            if (OUTCOMES[i] == outcome) {
                return i;
            }
        }
        throw new IllegalArgumentException(outcome.text());
    }

    /** Latencies in the order of pings; where there is none, that of the ping before. */
    static int[] latencies(Samples samples) {
        int[] latencies = new int[samples.size()];
        int last = 0;
        for (int i = 0; i < latencies.length; i++) {
            if (samples.outcome(i).hasLatency()) {
                last = samples.latencyMicros(i);
            }
            latencies[i] = last;
        }
        return latencies;
    }
}
