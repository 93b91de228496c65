package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an ip's beginnings and ends promise, against its pings: a slot that is in no gap has one,
 * and no other time has any. Reads them as the recorder does: a gap without an end lasts until the
 * ip begins anew later. Times are in microseconds since the Unix epoch.
 */
public final class Coverage implements PingSink {

    private static final class OfIp {
        private final TreeMap<Long, Long> intervals = new TreeMap<>();
        private final TreeMap<Long, String> gaps = new TreeMap<>();
        private final List<Long> pings = new ArrayList<>();
    }

    private final Map<String, OfIp> ips = new HashMap<>();

    private OfIp of(String ip) {
        return ips.computeIfAbsent(ip, _ -> new OfIp());
    }

    /** An ip has slots from one on. */
    public void running(String ip, long fromMicros, long intervalMicros) {
        of(ip).intervals.put(fromMicros, intervalMicros);
    }

    /** An ip's slots are not kept from one on. */
    public void gap(String ip, long fromMicros, String reason) {
        of(ip).gaps.putIfAbsent(fromMicros, reason);
    }

    /** An ip was pinged. */
    public void ping(String ip, long atMicros) {
        of(ip).pings.add(atMicros);
    }

    @Override
    public synchronized void decided(PingResult result) {
        ping(result.ip().key(), result.plannedEpochMicros());
    }

    @Override
    public synchronized void begins(PingedIp ip, long firstEpochMicros) {
        running(ip.key(), firstEpochMicros, ip.pace().intervalMicros());
    }

    @Override
    public synchronized void ends(PingedIp ip, long nextEpochMicros, End why) {
        gap(ip.key(), nextEpochMicros, why.toString());
    }

    /** The slots of an ip before a time, each with the reason of the gap it is in, or none. */
    private Map<Long, String> slots(String ip, long endMicros) {
        OfIp of = of(ip);
        Map<Long, String> slots = new TreeMap<>();
        for (Map.Entry<Long, Long> begun : of.intervals.entrySet()) {
            long end = next(of.intervals, begun.getKey(), endMicros);
            for (long at = begun.getKey(); at < end; at += begun.getValue()) {
                Map.Entry<Long, String> gap = of.gaps.floorEntry(at);
                boolean isIn = gap != null && at < next(of.intervals, gap.getKey(), Long.MAX_VALUE);
                slots.put(at, isIn ? gap.getValue() : "");
            }
        }
        return slots;
    }

    private static long next(NavigableMap<Long, ?> starts, long micros, long endMicros) {
        Long next = starts.higherKey(micros);
        return next == null ? endMicros : Math.min(next, endMicros);
    }

    /** How many slots before a time are in gaps of a reason. */
    public synchronized long missing(String ip, String reason, long endMicros) {
        return slots(ip, endMicros).values().stream().filter(reason::equals).count();
    }

    /** How often an ip was pinged. */
    public synchronized int pings(String ip) {
        return of(ip).pings.size();
    }

    /**
     * Every slot up to an ip's last ping has one ping or is in a gap, and every ping is a slot's.
     */
    public synchronized void assertExact() {
        for (Map.Entry<String, OfIp> entry : ips.entrySet()) {
            List<Long> pings = entry.getValue().pings;
            TreeSet<Long> times = new TreeSet<>(pings);
            assertEquals(pings.size(), times.size(), entry.getKey() + " was pinged twice");
            long endMicros = times.isEmpty() ? Long.MIN_VALUE : times.last() + 1;
            TreeSet<Long> promised = new TreeSet<>();
            slots(entry.getKey(), endMicros)
                    .forEach(
                            (at, reason) -> {
                                if (reason.isEmpty()) {
                                    promised.add(at);
                                }
                            });
            TreeSet<Long> unkept = new TreeSet<>(promised);
            unkept.removeAll(times);
            assertEquals(Set.of(), unkept, "slots of " + entry.getKey() + " without a ping");
            times.removeAll(promised);
            assertEquals(Set.of(), times, "pings of " + entry.getKey() + " at no slot");
        }
    }
}
