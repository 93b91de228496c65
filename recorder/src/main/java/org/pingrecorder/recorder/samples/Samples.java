package org.pingrecorder.recorder.samples;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/** Pings of one ip as columns, in the order in which they were added. Not thread-safe. */
public final class Samples {

    private static final int FIRST_CAPACITY = 16;

    private int size;
    private long[] atMicros = new long[FIRST_CAPACITY];
    private long[] intervalMicros = new long[FIRST_CAPACITY];
    private int[] latencyMicros = new int[FIRST_CAPACITY];
    private Outcome[] outcomes = new Outcome[FIRST_CAPACITY];
    private short[] ttls = new short[FIRST_CAPACITY];

    // Few pings have any of these: no array until the first does.
    private long @Nullable [] offsetMicros;
    private @Nullable String @Nullable [] addresses;
    private Extra @Nullable [] extras;

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
        return size++;
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

    /** Time to live of the reply; -1 where unknown, and where there was no reply. */
    public void setTtl(int index, int ttl) {
        ttls[index] = outcome(index).hasLatency() ? (short) ttl : -1;
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
        if (extras == null && !extra.equals(Extra.NONE)) {
            extras = new Extra[atMicros.length];
            Arrays.fill(extras, Extra.NONE);
        }
        if (extras != null) {
            extras[index] = extra;
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

    /** What few pings have. */
    public Extra extra(int index) {
        Extra extra = extras == null ? null : extras[index];
        return extra == null ? Extra.NONE : extra;
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
            if (other.atMicros[i] >= startMicros && other.atMicros[i] < endMicros) {
                addFrom(other, i);
            }
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
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(atMicros[a], atMicros[b]));
        Samples sorted = new Samples();
        sorted.ensureCapacity(size);
        for (int index : order) {
            sorted.addFrom(this, index);
        }
        return sorted;
    }

    /** Forgets all pings and keeps the room. */
    public void clear() {
        size = 0;
        offsetMicros = null;
        addresses = null;
        extras = null;
    }
}
