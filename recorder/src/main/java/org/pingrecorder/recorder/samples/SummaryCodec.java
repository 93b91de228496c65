package org.pingrecorder.recorder.samples;

import com.datadoghq.sketch.ddsketch.DDSketch;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The summaries of a day's hours as bytes, about 60 an hour, in any order. Stateless. */
public final class SummaryCodec {

    private static final int FORMAT = 1;
    private static final int HOURS = 24;

    /** Numbers of an hour that are always there. */
    private static final int COUNTS = 9;

    /** Smallest latency, difference to the largest, and sum. */
    private static final int LATENCY_NUMBERS = 3;

    private SummaryCodec() {}

    /**
     * All hours of a day.
     *
     * @param hours by hour of the UTC day, 0 to 23
     */
    public static byte[] encode(SortedMap<Integer, Summary> hours) {
        BitWriter out = new BitWriter(1_024);
        out.putByte(FORMAT);
        for (Map.Entry<Integer, Summary> hour : hours.entrySet()) {
            out.putByte(hour.getKey());
            put(out, hour.getValue());
        }
        return out.toBytes();
    }

    private static void put(BitWriter out, Summary summary) {
        out.putVar(summary.received);
        out.putVar(summary.late);
        out.putVar(summary.timeouts);
        out.putVar(summary.unreachable);
        out.putVar(summary.sendErrors);
        out.putVar(summary.resolveErrors);
        out.putVar(summary.missed);
        out.putVar(summary.duplicates);
        out.putVar(summary.cutOff);
        if (summary.received > 0) {
            out.putVar(summary.minMicros);
            out.putVar(summary.maxMicros - summary.minMicros);
            out.putVar(summary.sumMicros);
            out.putInt(Float.floatToIntBits((float) summary.squares));
            SketchCodec.put(out, summary.sketch());
        }
    }

    /**
     * The hours of what {@link #encode} made, by hour of the UTC day.
     *
     * @throws IllegalArgumentException if it did not make these bytes
     */
    public static SortedMap<Integer, Summary> decode(byte[] bytes) {
        BitReader in = new BitReader(bytes, 0, bytes.length);
        SortedMap<Integer, Summary> hours = new TreeMap<>();
        try {
            checkFormat(in);
            while (!in.isAtEnd()) {
                hours.put(in.readVar(HOURS - 1), summary(in));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("These are no summaries: " + e.getMessage(), e);
        }
        return hours;
    }

    /**
     * The summary of one hour of what {@link #encode} made, or null if it has none.
     *
     * @throws IllegalArgumentException if it did not make these bytes
     */
    public static @Nullable Summary hour(byte[] day, int hour) {
        return decode(day).get(hour);
    }

    /**
     * The same day with one hour's summary in the place of what it had; the other hours are copied
     * as they are.
     *
     * @param day what {@link #encode} made, or null for an empty one
     * @throws IllegalArgumentException if it did not make these bytes
     */
    public static byte[] replace(byte @Nullable [] day, int hour, Summary summary) {
        BitWriter out = new BitWriter(1_024);
        out.putByte(FORMAT);
        if (day != null) {
            copyOthers(day, hour, out);
        }
        out.putByte(hour);
        put(out, summary);
        return out.toBytes();
    }

    private static void copyOthers(byte[] day, int hour, BitWriter out) {
        BitReader in = new BitReader(day, 0, day.length);
        try {
            checkFormat(in);
            while (!in.isAtEnd()) {
                int start = day.length - in.left();
                int found = in.readVar(HOURS - 1);
                skip(in);
                if (found != hour) {
                    out.putBytes(Arrays.copyOfRange(day, start, day.length - in.left()));
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("These are no summaries: " + e.getMessage(), e);
        }
    }

    private static void skip(BitReader in) {
        long received = in.readVar();
        for (int i = 0; i < COUNTS - 1; i++) {
            in.readVar();
        }
        if (received > 0) {
            for (int i = 0; i < LATENCY_NUMBERS; i++) {
                in.readVar();
            }
            in.skip(Float.BYTES);
            SketchCodec.skip(in);
        }
    }

    private static void checkFormat(BitReader in) {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "Summaries of format " + format + " were written by a newer recorder");
        }
    }

    private static Summary summary(BitReader in) {
        Summary summary = Summary.sketched();
        summary.received = count(in);
        summary.late = count(in);
        summary.timeouts = count(in);
        summary.unreachable = count(in);
        summary.sendErrors = count(in);
        summary.resolveErrors = count(in);
        summary.missed = count(in);
        summary.duplicates = count(in);
        summary.cutOff = count(in);
        if (summary.received > 0) {
            summary.minMicros = in.readVar(Integer.MAX_VALUE);
            summary.maxMicros =
                    summary.minMicros + in.readVar(Integer.MAX_VALUE - summary.minMicros);
            summary.sumMicros = count(in);
            summary.squares = Float.intBitsToFloat(in.readInt());
            DDSketch sketch = SketchCodec.read(in);
            if (!(summary.squares >= 0) || sketch.getCount() != summary.received) {
                throw new IndexOutOfBoundsException("the latencies are not those of its pings");
            }
            summary.setSketch(sketch);
        }
        return summary;
    }

    private static long count(BitReader in) {
        long count = in.readVar();
        if (count < 0) {
            throw new IndexOutOfBoundsException("a count of " + count);
        }
        return count;
    }
}
