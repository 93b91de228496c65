package org.pingrecorder.recorder.samples;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/** Pings of one ip as columns, in the order in which they were added. Not thread-safe. */
public final class Samples {

    private static final int FIRST_CAPACITY = 16;

    private int size;
    private long[] atMicros;
    private long[] intervalMicros;
    private int[] latencyMicros;
    private Outcome[] outcomes;
    private short[] ttls;

    // Few pings have any of these: no array until the first does.
    private long @Nullable [] offsetMicros;
    private @Nullable String @Nullable [] addresses;
    private Extra @Nullable [] extras;

    /** None yet. */
    public Samples() {
        this(FIRST_CAPACITY);
    }

    private Samples(int capacity) {
        atMicros = new long[capacity];
        intervalMicros = new long[capacity];
        latencyMicros = new int[capacity];
        outcomes = new Outcome[capacity];
        ttls = new short[capacity];
    }

    /**
     * Adds a ping.
     *
     * @param at its time, in microseconds since the Unix epoch
     * @param interval of its timetable in microseconds; 0 if it is on none
     * @param latency in microseconds, 0 or more; -1 exactly where the outcome has none
     * @return its index
     */
    public int add(long at, long interval, Outcome outcome, int latency) {
        if (outcome.hasLatency() ? latency < 0 : latency != -1) {
            throw new IllegalArgumentException(outcome + " with latency " + latency);
        }
        if (size == atMicros.length) {
            grow(size * 2);
        }
        atMicros[size] = at;
        intervalMicros[size] = interval;
        latencyMicros[size] = latency;
        outcomes[size] = outcome;
        ttls[size] = -1;
        int index = size++;
        // What is here may be left from pings that were forgotten.
        if (offsetMicros != null) {
            offsetMicros[index] = 0;
        }
        if (addresses != null) {
            addresses[index] = null;
        }
        if (extras != null) {
            extras[index] = Extra.NONE;
        }
        return index;
    }

    /** Adds replies on a timetable; {@link #setLatencyMicros} must follow. */
    void addRun(long start, long interval, long offset, int count) {
        int end = size + count;
        ensureCapacity(end);
        Arrays.fill(intervalMicros, size, end, interval);
        Arrays.fill(outcomes, size, end, Outcome.REPLY);
        Arrays.fill(ttls, size, end, (short) -1);
        if (offset != 0 && offsetMicros == null) {
            offsetMicros = new long[atMicros.length];
        }
        if (offsetMicros != null) {
            Arrays.fill(offsetMicros, size, end, offset);
        }
        if (addresses != null) {
            Arrays.fill(addresses, size, end, null);
        }
        if (extras != null) {
            Arrays.fill(extras, size, end, Extra.NONE);
        }
        long at = start;
        for (int i = size; i < end; i++) {
            atMicros[i] = at;
            at += interval;
        }
        size = end;
    }

    void setLatencyMicros(int index, int latency) {
        if (latency < 0) {
            throw new IllegalArgumentException("a latency of " + latency);
        }
        latencyMicros[index] = latency;
    }

    void setOutcome(int index, Outcome outcome, int latency) {
        outcomes[index] = outcome;
        latencyMicros[index] = latency;
    }

    /** Forgets the last of them. */
    void truncate(int newSize) {
        size = newSize;
    }

    private void grow(int capacity) {
        atMicros = Arrays.copyOf(atMicros, capacity);
        intervalMicros = Arrays.copyOf(intervalMicros, capacity);
        latencyMicros = Arrays.copyOf(latencyMicros, capacity);
        outcomes = Arrays.copyOf(outcomes, capacity);
        ttls = Arrays.copyOf(ttls, capacity);
        if (offsetMicros != null) {
            offsetMicros = Arrays.copyOf(offsetMicros, capacity);
        }
        if (addresses != null) {
            addresses = Arrays.copyOf(addresses, capacity);
        }
        if (extras != null) {
            extras = Arrays.copyOf(extras, capacity);
        }
    }

    /** Makes room for so many in all. */
    public void ensureCapacity(int capacity) {
        if (capacity > atMicros.length) {
            grow(Math.max(capacity, size * 2));
        }
    }

    /** Time to live of the reply, to 255; -1 where unknown, and where there was no reply. */
    public void setTtl(int index, int ttl) {
        if (ttl < -1 || ttl > 255) {
            throw new IllegalArgumentException("a TTL of " + ttl);
        }
        ttls[index] = outcome(index).hasLatency() ? (short) ttl : -1;
    }

    /** Sets that of all replies of a range, the last exclusive. */
    void setTtls(int from, int to, int ttl) {
        for (int i = from; i < to; i++) {
            if (outcomes[i].hasLatency()) {
                ttls[i] = (short) ttl;
            }
        }
    }

    /** By how much its time was corrected: recorder's clock minus client's, in microseconds. */
    public void setOffsetMicros(int index, long offset) {
        if (offsetMicros == null && offset != 0) {
            offsetMicros = new long[atMicros.length];
        }
        if (offsetMicros != null) {
            offsetMicros[index] = offset;
        }
    }

    /** The address really used, where it is not the ip itself. */
    public void setAddress(int index, @Nullable String address) {
        if (addresses == null && address != null) {
            addresses = new @Nullable String[atMicros.length];
        }
        if (addresses != null) {
            addresses[index] = address;
        }
    }

    /** What few pings have. */
    public void setExtra(int index, Extra extra) {
        boolean none = extra.equals(Extra.NONE);
        if (extras == null && !none) {
            extras = new Extra[atMicros.length];
            Arrays.fill(extras, Extra.NONE);
        }
        if (extras != null) {
            extras[index] = none ? Extra.NONE : extra;
        }
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Its time, in microseconds since the Unix epoch, by the recorder's clock. */
    public long atMicros(int index) {
        return atMicros[index];
    }

    /** Interval of its timetable in microseconds; 0 if it is on none. */
    public long intervalMicros(int index) {
        return intervalMicros[index];
    }

    public Outcome outcome(int index) {
        return outcomes[index];
    }

    /** Round-trip time in microseconds; -1 where the outcome has none. */
    public int latencyMicros(int index) {
        return latencyMicros[index];
    }

    /** Time to live of the reply; -1 where unknown. */
    public int ttl(int index) {
        return ttls[index];
    }

    /** By how much its time was corrected: recorder's clock minus client's, in microseconds. */
    public long offsetMicros(int index) {
        return offsetMicros == null ? 0 : offsetMicros[index];
    }

    /** The address really used; null where it is the ip itself, or unknown. */
    public @Nullable String address(int index) {
        return addresses == null ? null : addresses[index];
    }

    /** Whether any ping may have what few have. */
    boolean hasExtras() {
        return extras != null;
    }

    /** What few pings have. */
    public Extra extra(int index) {
        Extra extra = extras == null ? null : extras[index];
        return extra == null ? Extra.NONE : extra;
    }

    /** Whether it is lost and its client was cut off: it says nothing of the target. */
    public boolean isCutOff(int index) {
        return extras != null
                && outcomes[index].counts() == Outcome.Counts.LOST
                && extra(index).cutOff();
    }

    /** Whether it says something of the target: it was sent, and its client was not cut off. */
    public boolean isDecided(int index) {
        return outcomes[index].counts() != Outcome.Counts.NOT_SENT && !isCutOff(index);
    }

    /** Adds one of another's. */
    public void addFrom(Samples other, int index) {
        int to =
                add(
                        other.atMicros[index],
                        other.intervalMicros[index],
                        other.outcome(index),
                        other.latencyMicros[index]);
        ttls[to] = other.ttls[index];
        setOffsetMicros(to, other.offsetMicros(index));
        setAddress(to, other.address(index));
        setExtra(to, other.extra(index));
    }

    /** Adds another's pings of a span of time, start inclusive, end exclusive. */
    public void addFrom(Samples other, long startMicros, long endMicros) {
        for (int i = 0; i < other.size; i++) {
            int from = i;
            i = other.endOfSpan(from, startMicros, endMicros);
            addRange(other, from, i);
        }
    }

    /** The index after the last of those from an index on that are all in a span of time. */
    public int endOfSpan(int from, long startMicros, long endMicros) {
        int to = from;
        while (to < size && atMicros[to] >= startMicros && atMicros[to] < endMicros) {
            to++;
        }
        return to;
    }

    /** Adds some of another's, the last exclusive. */
    void addRange(Samples other, int from, int to) {
        int count = to - from;
        ensureCapacity(size + count);
        System.arraycopy(other.atMicros, from, atMicros, size, count);
        System.arraycopy(other.intervalMicros, from, intervalMicros, size, count);
        System.arraycopy(other.latencyMicros, from, latencyMicros, size, count);
        System.arraycopy(other.outcomes, from, outcomes, size, count);
        System.arraycopy(other.ttls, from, ttls, size, count);
        size += count;
        boolean offsets = offsetMicros != null || other.offsetMicros != null;
        boolean others = addresses != null || other.addresses != null;
        boolean rare = extras != null || other.extras != null;
        for (int i = from, at = size - count; i < to && (offsets || others || rare); i++, at++) {
            setOffsetMicros(at, other.offsetMicros(i));
            setAddress(at, other.address(i));
            setExtra(at, other.extra(i));
        }
    }

    /** Whether no ping's time is before that of the one before it. */
    public boolean isSorted() {
        for (int i = 1; i < size; i++) {
            if (atMicros[i] < atMicros[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** The same in the order of time; those with one time stay in the order they had. */
    public Samples sorted() {
        if (isSorted()) {
            return this;
        }
        Samples sorted = new Samples(size);
        for (int index : order()) {
            sorted.addFrom(this, index);
        }
        return sorted;
    }

    /** Merges longer and longer parts: stable, and without an object for each ping. */
    private int[] order() {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        int[] merged = new int[size];
        for (long width = 1; width < size; width *= 2) {
            for (long start = 0; start < size; start += 2 * width) {
                int middle = (int) Math.min(start + width, size);
                int end = (int) Math.min(start + 2 * width, size);
                merge(order, merged, (int) start, middle, end);
            }
            int[] before = order;
            order = merged;
            merged = before;
        }
        return order;
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        if (middle == end || atMicros[from[middle - 1]] <= atMicros[from[middle]]) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int first = start;
        int second = middle;
        for (int i = start; i < end; i++) {
            boolean isFirst =
                    second == end
                            || (first < middle && atMicros[from[first]] <= atMicros[from[second]]);
            to[i] = isFirst ? from[first++] : from[second++];
        }
    }

    /** One of its pings alone, which does not keep the others in memory. */
    public Samples only(int index) {
        Samples one = new Samples(1);
        one.addFrom(this, index);
        return one;
    }

    /** Forgets all pings and keeps the room. */
    public void clear() {
        size = 0;
        offsetMicros = null;
        addresses = null;
        extras = null;
    }
}
