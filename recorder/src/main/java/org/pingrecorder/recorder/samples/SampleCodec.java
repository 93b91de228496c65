package org.pingrecorder.recorder.samples;

import java.util.function.Consumer;
import org.pingrecorder.wire.Outcome;

/**
 * Samples as bytes: where each run of the timetable begins, what is out of the ordinary, then the
 * latencies of replies as {@link LatencyCode}. What is decoded equals what was encoded. Stateless.
 *
 * <p>Layout, in LEB128 numbers: format, pings; for each run its length and what changed, and its
 * start against what was expected; events, each with its kind and its index less that of the one
 * before it, and operands; bits.
 */
public final class SampleCodec {

    private static final int FORMAT = 1;

    private static final int INTERVAL_CHANGED = 1;
    private static final int OFFSET_CHANGED = 2;
    private static final int RUN_BITS = 2;

    private SampleCodec() {}

    /** All of the samples, in their order. */
    public static byte[] encode(Samples samples) {
        BitWriter out = new BitWriter(64 + 2 * samples.size());
        out.putByte(FORMAT);
        out.putVar(samples.size());
        putRuns(out, samples);
        new EventWriter(out, samples).putAll();
        LatencyCode code = new LatencyCode();
        for (int i = 0; i < samples.size(); i++) {
            if (samples.outcome(i) == Outcome.REPLY) {
                code.write(out, samples.latencyMicros(i));
            }
        }
        out.endBits();
        return out.toBytes();
    }

    private static void putRuns(BitWriter out, Samples samples) {
        long expected = 0;
        long interval = 0;
        long offset = 0;
        for (int start = 0; start < samples.size(); ) {
            int end = endOfRun(samples, start);
            boolean newInterval = samples.intervalMicros(start) != interval;
            boolean newOffset = samples.offsetMicros(start) != offset;
            out.putVar(
                    ((long) (end - start) << RUN_BITS)
                            | (newInterval ? INTERVAL_CHANGED : 0)
                            | (newOffset ? OFFSET_CHANGED : 0));
            out.putSigned(samples.atMicros(start) - expected);
            if (newInterval) {
                interval = samples.intervalMicros(start);
                out.putVar(interval);
            }
            if (newOffset) {
                offset = samples.offsetMicros(start);
                out.putSigned(offset);
            }
            expected = samples.atMicros(end - 1) + interval;
            start = end;
        }
    }

    private static int endOfRun(Samples samples, int start) {
        long interval = samples.intervalMicros(start);
        long offset = samples.offsetMicros(start);
        int end = start + 1;
        while (end < samples.size()
                && samples.intervalMicros(end) == interval
                && samples.offsetMicros(end) == offset
                && samples.atMicros(end) - samples.atMicros(end - 1) == interval) {
            end++;
        }
        return end;
    }

    /**
     * All samples of what {@link #encode} made.
     *
     * @throws IllegalArgumentException if it did not make these bytes
     */
    public static Samples decode(byte[] bytes) {
        Samples samples = new Samples();
        decode(bytes, 0, bytes.length, samples);
        return samples;
    }

    /**
     * Adds the samples of what {@link #encode} made, once or several times one after the other.
     *
     * @throws IllegalArgumentException if it did not make these bytes; nothing is added then
     */
    public static void decode(byte[] bytes, int start, int length, Samples into) {
        decode(new BitReader(bytes, start, length), into);
    }

    /**
     * Takes what {@link #encode} made, where that is there several times one after the other, one
     * by one: so memory need not hold all of it.
     *
     * @param each gets samples that are overwritten by the next ones
     * @throws IllegalArgumentException if it did not make these bytes
     */
    public static void decodeEach(byte[] bytes, Consumer<Samples> each) {
        BitReader in = new BitReader(bytes, 0, bytes.length);
        Samples samples = new Samples();
        while (!in.isAtEnd()) {
            samples.clear();
            decodeOne(in, samples);
            each.accept(samples);
        }
    }

    static void decode(BitReader in, Samples into) {
        int before = into.size();
        try {
            while (!in.isAtEnd()) {
                decodeOne(in, into);
            }
        } catch (IllegalArgumentException e) {
            into.truncate(before);
            throw e;
        }
    }

    static void decodeOne(BitReader in, Samples into) {
        try {
            read(in, into);
            in.endBits();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException("These are no samples: " + e.getMessage(), e);
        }
    }

    private static void read(BitReader in, Samples into) {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IllegalArgumentException("format " + format + " is of a newer recorder");
        }
        // The shortest ping takes a bit.
        int count = in.readVar((int) Math.min(Integer.MAX_VALUE / 2, Byte.SIZE * (long) in.left()));
        int first = into.size();
        into.ensureCapacity(first + count);
        readRuns(in, into, count);
        new EventReader(in, into, first).readAll();
        LatencyCode code = new LatencyCode();
        for (int i = first; i < into.size(); i++) {
            if (into.outcome(i) == Outcome.REPLY) {
                into.setLatencyMicros(i, code.read(in));
            }
        }
    }

    private static void readRuns(BitReader in, Samples into, int count) {
        long expected = 0;
        long interval = 0;
        long offset = 0;
        for (int left = count; left > 0; ) {
            long head = in.readVar();
            long length = head >>> RUN_BITS;
            if (length == 0 || length > left) {
                throw new IllegalArgumentException("a run of " + length + " pings");
            }
            long start = expected + in.readSigned();
            if ((head & INTERVAL_CHANGED) != 0) {
                interval = in.readVar();
            }
            if ((head & OFFSET_CHANGED) != 0) {
                offset = in.readSigned();
            }
            into.addRun(start, interval, offset, (int) length);
            expected = start + length * interval;
            left -= (int) length;
        }
    }
}
