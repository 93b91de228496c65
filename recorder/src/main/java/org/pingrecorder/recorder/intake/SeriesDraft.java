package org.pingrecorder.recorder.intake;

import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** One series while it is read, its fields in whatever order they come; used again and again. */
final class SeriesDraft {

    /** A latency that is null; {@link Latency#INVALID} is one that is none. */
    static final int NO_LATENCY = -1;

    @Nullable String ip;
    @Nullable String family;
    @Nullable String name;
    @Nullable String address;
    @Nullable Long startMicros;
    long intervalMicros;
    int ttl;
    int count;
    int[] latencies = new int[16];
    final TreeMap<Integer, Special> specials = new TreeMap<>();
    final TreeMap<Integer, Integer> ttls = new TreeMap<>();
    final BitSet cutOff = new BitSet();

    /** Why all of the series is refused; the first reason found. */
    @Nullable String problem;

    private final Samples samples = new Samples();

    /** What few pings have. */
    static final class Special {
        @Nullable Outcome outcome;
        @Nullable Cause cause;
        int duplicates;
        int slipMicros;

        /** Why the ping is refused; the first reason found. */
        @Nullable String problem;
    }

    /** Takes a ping that is refused. */
    @FunctionalInterface
    interface Refuser {
        void refuse(int index, String reason);
    }

    void clear() {
        ip = null;
        family = null;
        name = null;
        address = null;
        startMicros = null;
        intervalMicros = 0;
        ttl = -1;
        count = 0;
        specials.clear();
        ttls.clear();
        cutOff.clear();
        problem = null;
    }

    void add(int latency) {
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, count * 2);
        }
        latencies[count++] = latency;
    }

    Special special(int index) {
        return specials.computeIfAbsent(index, i -> new Special());
    }

    void refuse(String reason) {
        if (problem == null) {
            problem = reason;
        }
    }

    void refuse(int index, String reason) {
        Special special = special(index);
        if (special.problem == null) {
            special.problem = reason;
        }
    }

    /** The pings that are right; the same object each time. */
    Samples samples(long start, Refuser refuser) {
        samples.clear();
        samples.ensureCapacity(count);
        int currentTtl = ttl;
        for (int i = 0; i < count; i++) {
            if (!ttls.isEmpty()) {
                currentTtl = ttls.getOrDefault(i, currentTtl);
            }
            Special special = specials.isEmpty() ? null : specials.get(i);
            String wrong = special == null ? null : problem(special, latencies[i]);
            if (wrong != null) {
                refuser.refuse(i, wrong);
                continue;
            }
            Outcome outcome = outcome(special, latencies[i]);
            int at = samples.add(start + i * intervalMicros, intervalMicros, outcome, latencies[i]);
            samples.setTtl(at, currentTtl);
            samples.setAddress(at, address);
            boolean cut = cutOff.get(i);
            if (special != null || cut) {
                samples.setExtra(at, extra(special, cut, outcome));
            }
        }
        return samples;
    }

    private static Outcome outcome(@Nullable Special special, int latency) {
        Outcome told = special == null ? null : special.outcome;
        if (told != null) {
            return told;
        }
        return latency >= 0 ? Outcome.REPLY : Outcome.TIMEOUT;
    }

    private static @Nullable String problem(Special special, int latency) {
        Outcome told = special.outcome;
        if (special.problem != null || told == null || told.hasLatency() == latency >= 0) {
            return special.problem;
        }
        return "its outcome "
                + told
                + (told.hasLatency() ? " needs a latency that is not null" : " needs latency null");
    }

    private static Extra extra(@Nullable Special special, boolean cut, Outcome outcome) {
        if (special == null) {
            return new Extra(0, 0, cut, null);
        }
        return new Extra(
                special.duplicates,
                special.slipMicros,
                cut,
                outcome.hasLatency() ? null : special.cause);
    }

    /** The time of a ping, where the series has one. */
    @Nullable Long atMicros(int index) {
        return startMicros == null ? null : startMicros + index * intervalMicros;
    }
}
