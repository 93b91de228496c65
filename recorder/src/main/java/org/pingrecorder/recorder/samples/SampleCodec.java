package org.pingrecorder.recorder.samples;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * Samples as bytes: where each run of the timetable begins, what is out of the ordinary, then the
 * latencies of replies as {@link LatencyCode}. What is decoded equals what was encoded. Stateless.
 *
 * <p>Layout, in LEB128 numbers: format, pings, runs (length and what changed, start against what
 * was expected), texts, events (index gap, kind, operands), bits.
 */
public final class SampleCodec {

    private static final int FORMAT = 1;

    private static final int INTERVAL_CHANGED = 1;
    private static final int OFFSET_CHANGED = 2;

    /** More than any hour or upload holds. */
    private static final int MOST_PINGS = 100_000_000;

    private static final int MOST_TEXTS = 1 << 24;

    // What is out of the ordinary; these numbers are stored.
    private static final int LATE = 0;
    private static final int TIMEOUT = 1;
    private static final int UNREACHABLE = 2;
    private static final int SEND_ERROR = 3;
    private static final int RESOLVE_ERROR = 4;
    private static final int MISSED = 5;
    private static final int DUPLICATES = 6;
    private static final int SLIP = 7;
    private static final int CUT_OFF = 8;

    /** From this reply on. */
    private static final int TTL = 9;

    /** From this ping on. */
    private static final int ADDRESS = 10;

    private SampleCodec() {}

    /** All of the samples, in their order. */
    public static byte[] encode(Samples samples) {
        BitWriter out = new BitWriter();
        out.putByte(FORMAT);
        out.putVar(samples.size());
        putRuns(out, samples);
        Texts texts = new Texts();
        BitWriter events = new BitWriter();
        int eventCount = putEvents(events, samples, texts);
        texts.put(out);
        out.putVar(eventCount);
        out.putBytes(events.toBytes());
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
        BitWriter runs = new BitWriter();
        int count = 0;
        long expected = 0;
        long interval = 0;
        long offset = 0;
        for (int start = 0; start < samples.size(); count++) {
            int end = endOfRun(samples, start);
            boolean newInterval = samples.intervalMicros(start) != interval;
            boolean newOffset = samples.offsetMicros(start) != offset;
            runs.putVar(
                    ((long) (end - start) << 2)
                            | (newInterval ? INTERVAL_CHANGED : 0)
                            | (newOffset ? OFFSET_CHANGED : 0));
            runs.putSigned(samples.atMicros(start) - expected);
            if (newInterval) {
                interval = samples.intervalMicros(start);
                runs.putVar(interval);
            }
            if (newOffset) {
                offset = samples.offsetMicros(start);
                runs.putSigned(offset);
            }
            expected = samples.atMicros(end - 1) + interval;
            start = end;
        }
        out.putVar(count);
        out.putBytes(runs.toBytes());
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

    /** Returns how many. */
    private static int putEvents(BitWriter out, Samples samples, Texts texts) {
        int count = 0;
        int last = 0;
        int ttl = -1;
        String address = null;
        for (int i = 0; i < samples.size(); i++) {
            Outcome outcome = samples.outcome(i);
            Extra extra = samples.extra(i);
            if (outcome != Outcome.REPLY) {
                last = putEvent(out, last, i, eventOf(outcome));
                if (outcome == Outcome.LATE) {
                    out.putVar(samples.latencyMicros(i));
                } else {
                    putCause(out, extra.cause(), texts);
                }
                count++;
            }
            if (outcome.hasLatency() && samples.ttl(i) != ttl) {
                ttl = samples.ttl(i);
                last = putEvent(out, last, i, TTL);
                out.putVar(ttl + 1);
                count++;
            }
            String used = samples.address(i);
            if (used == null ? address != null : !used.equals(address)) {
                address = used;
                last = putEvent(out, last, i, ADDRESS);
                out.putVar(texts.number(used));
                count++;
            }
            if (extra.duplicates() != 0) {
                last = putEvent(out, last, i, DUPLICATES);
                out.putVar(extra.duplicates());
                count++;
            }
            if (extra.slipMicros() != 0) {
                last = putEvent(out, last, i, SLIP);
                out.putSigned(extra.slipMicros());
                count++;
            }
            if (extra.cutOff()) {
                last = putEvent(out, last, i, CUT_OFF);
                count++;
            }
        }
        return count;
    }

    private static int eventOf(Outcome outcome) {
        return switch (outcome) {
            case REPLY -> throw new IllegalArgumentException("a reply is the usual case");
            case LATE -> LATE;
            case TIMEOUT -> TIMEOUT;
            case UNREACHABLE -> UNREACHABLE;
            case SEND_ERROR -> SEND_ERROR;
            case RESOLVE_ERROR -> RESOLVE_ERROR;
            case MISSED -> MISSED;
        };
    }

    private static Outcome outcomeOf(int event) {
        return switch (event) {
            case LATE -> Outcome.LATE;
            case TIMEOUT -> Outcome.TIMEOUT;
            case UNREACHABLE -> Outcome.UNREACHABLE;
            case SEND_ERROR -> Outcome.SEND_ERROR;
            case RESOLVE_ERROR -> Outcome.RESOLVE_ERROR;
            case MISSED -> Outcome.MISSED;
            default -> throw new IndexOutOfBoundsException("event " + event + " is no outcome");
        };
    }

    private static int putEvent(BitWriter out, int last, int index, int event) {
        out.putVar(index - last);
        out.putByte(event);
        return index;
    }

    /** One byte where there is none, which is the usual case. */
    private static void putCause(BitWriter out, @Nullable Cause cause, Texts texts) {
        if (cause == null) {
            out.putByte(0);
            return;
        }
        out.putByte(1);
        out.putVar(cause.type() + 1);
        out.putVar(cause.code() + 1);
        out.putVar(texts.number(cause.from()));
        out.putVar(texts.number(cause.text()));
    }

    /** All samples of what {@link #encode} made. */
    public static Samples decode(byte[] bytes) {
        Samples samples = new Samples();
        decode(bytes, 0, bytes.length, samples);
        return samples;
    }

    /**
     * Adds the samples of what {@link #encode} made, once or several times one after the other.
     *
     * @throws IllegalArgumentException if it did not make these bytes
     */
    public static void decode(byte[] bytes, int start, int length, Samples into) {
        decode(new BitReader(bytes, start, length), into);
    }

    static void decode(BitReader in, Samples into) {
        try {
            while (!in.isAtEnd()) {
                read(in, into);
                in.skipRestOfByte();
            }
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new IllegalArgumentException("These are no samples: " + e.getMessage(), e);
        }
    }

    private static void read(BitReader in, Samples into) {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "Samples of format " + format + " were written by a newer recorder");
        }
        int count = in.readVar(MOST_PINGS);
        Runs runs = Runs.read(in);
        @Nullable String[] texts = Texts.read(in);
        List<DecodedEvent> events = readEvents(in, texts);
        LatencyCode code = new LatencyCode();
        int next = 0;
        int ttl = -1;
        String address = null;
        into.ensureCapacity(into.size() + Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            runs.advance();
            Outcome outcome = Outcome.REPLY;
            int latency = -1;
            Extra extra = Extra.NONE;
            for (; next < events.size() && events.get(next).index() == i; next++) {
                DecodedEvent event = events.get(next);
                switch (event.kind()) {
                    case TTL -> ttl = event.number();
                    case ADDRESS -> address = event.text();
                    case DUPLICATES ->
                            extra =
                                    new Extra(
                                            event.number(),
                                            extra.slipMicros(),
                                            extra.cutOff(),
                                            extra.cause());
                    case SLIP ->
                            extra =
                                    new Extra(
                                            extra.duplicates(),
                                            event.number(),
                                            extra.cutOff(),
                                            extra.cause());
                    case CUT_OFF ->
                            extra =
                                    new Extra(
                                            extra.duplicates(),
                                            extra.slipMicros(),
                                            true,
                                            extra.cause());
                    case LATE -> {
                        outcome = Outcome.LATE;
                        latency = event.number();
                    }
                    default -> {
                        outcome = outcomeOf(event.kind());
                        extra =
                                new Extra(
                                        extra.duplicates(),
                                        extra.slipMicros(),
                                        extra.cutOff(),
                                        event.cause());
                    }
                }
            }
            if (outcome == Outcome.REPLY) {
                latency = code.read(in);
            }
            int index = into.add(runs.atMicros(), runs.intervalMicros(), outcome, latency);
            into.setTtl(index, ttl);
            into.setOffsetMicros(index, runs.offsetMicros());
            into.setAddress(index, address);
            into.setExtra(index, extra);
        }
    }

    /** The runs of the timetable, one ping after the other. */
    private static final class Runs {

        private final int[] lengths;
        private final long[] starts;
        private final long[] intervals;
        private final long[] offsets;
        private int run = -1;
        private int left;
        private long atMicros;

        private Runs(int count) {
            lengths = new int[count];
            starts = new long[count];
            intervals = new long[count];
            offsets = new long[count];
        }

        static Runs read(BitReader in) {
            int count = in.readVar(MOST_PINGS);
            if (count > in.left()) {
                throw new IndexOutOfBoundsException("more runs than bytes");
            }
            Runs runs = new Runs(count);
            long expected = 0;
            long interval = 0;
            long offset = 0;
            for (int i = 0; i < count; i++) {
                long head = in.readVar();
                runs.lengths[i] = Math.toIntExact(head >>> 2);
                runs.starts[i] = expected + in.readSigned();
                if ((head & INTERVAL_CHANGED) != 0) {
                    interval = in.readVar();
                }
                if ((head & OFFSET_CHANGED) != 0) {
                    offset = in.readSigned();
                }
                runs.intervals[i] = interval;
                runs.offsets[i] = offset;
                expected = runs.starts[i] + runs.lengths[i] * interval;
            }
            return runs;
        }

        void advance() {
            if (left > 0) {
                left--;
                atMicros += intervals[run];
                return;
            }
            run++;
            left = lengths[run] - 1;
            atMicros = starts[run];
        }

        long atMicros() {
            return atMicros;
        }

        long intervalMicros() {
            return intervals[run];
        }

        long offsetMicros() {
            return offsets[run];
        }
    }

    private record DecodedEvent(
            int index, int kind, int number, @Nullable String text, @Nullable Cause cause) {}

    private static List<DecodedEvent> readEvents(BitReader in, @Nullable String[] texts) {
        int count = in.readVar(Integer.MAX_VALUE);
        List<DecodedEvent> events = new ArrayList<>(Math.min(count, 1 << 12));
        int index = 0;
        for (int i = 0; i < count; i++) {
            index += in.readVar(MOST_PINGS);
            events.add(readEvent(in, index, in.readByte(), texts));
        }
        return events;
    }

    private static DecodedEvent readEvent(
            BitReader in, int index, int kind, @Nullable String[] texts) {
        int number = 0;
        String text = null;
        Cause cause = null;
        switch (kind) {
            case LATE, DUPLICATES -> number = in.readVar(Integer.MAX_VALUE);
            case SLIP -> number = Math.toIntExact(in.readSigned());
            case TTL -> number = in.readVar(256) - 1;
            case ADDRESS -> text = text(in, texts);
            case CUT_OFF -> {}
            default -> cause = cause(in, texts);
        }
        return new DecodedEvent(index, kind, number, text, cause);
    }

    private static @Nullable Cause cause(BitReader in, @Nullable String[] texts) {
        if (in.readByte() == 0) {
            return null;
        }
        int type = in.readVar(256) - 1;
        int code = in.readVar(256) - 1;
        return new Cause(type, code, text(in, texts), text(in, texts));
    }

    private static @Nullable String text(BitReader in, @Nullable String[] texts) {
        return texts[in.readVar(texts.length - 1)];
    }

    /** The different texts; number 0 stands for none. */
    private static final class Texts {

        private final Map<String, Integer> numbers = new LinkedHashMap<>();

        int number(@Nullable String text) {
            if (text == null) {
                return 0;
            }
            return numbers.computeIfAbsent(text, t -> numbers.size() + 1);
        }

        void put(BitWriter out) {
            out.putVar(numbers.size());
            for (String text : numbers.keySet()) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.putVar(utf8.length);
                out.putBytes(utf8);
            }
        }

        static @Nullable String[] read(BitReader in) {
            int count = in.readVar(MOST_TEXTS);
            List<@Nullable String> texts = new ArrayList<>();
            texts.add(null);
            for (int i = 0; i < count; i++) {
                texts.add(new String(in.readBytes(in.readVar(MOST_TEXTS)), StandardCharsets.UTF_8));
            }
            return texts.toArray(new @Nullable String[0]);
        }
    }
}
