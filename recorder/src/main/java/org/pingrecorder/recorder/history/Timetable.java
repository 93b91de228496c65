package org.pingrecorder.recorder.history;

import java.util.Map;
import java.util.TreeMap;

/** When an ip's pings were planned, by its client's own word: from when on, and how often. */
final class Timetable {

    /** Interval by the time from which it holds, both in microseconds. */
    private final TreeMap<Long, Long> intervals = new TreeMap<>();

    void add(long fromMicros, long intervalMicros) {
        intervals.put(fromMicros, intervalMicros);
    }

    /** When the first of it begins, of a timetable that has any. */
    long firstMicros() {
        return intervals.firstKey();
    }

    /** The first time after another at which it began anew; the end of time if it did not. */
    long nextStartAfter(long micros) {
        Long next = intervals.higherKey(micros);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** Whether any ping was planned before a time. */
    boolean isBefore(long endMicros) {
        return !intervals.isEmpty() && intervals.firstKey() < endMicros;
    }

    /** How many slots a span has, start inclusive, end exclusive. */
    long slots(long startMicros, long endMicros) {
        long slots = 0;
        Long first = intervals.floorKey(startMicros);
        for (Map.Entry<Long, Long> entry :
                intervals.tailMap(first == null ? startMicros : first).entrySet()) {
            long from = entry.getKey();
            if (from >= endMicros) {
                break;
            }
            long interval = entry.getValue();
            long start = Math.max(startMicros, from);
            long end = Math.min(endMicros, nextStartAfter(from));
            if (start < end) {
                slots += Math.ceilDiv(end - from, interval) - Math.ceilDiv(start - from, interval);
            }
        }
        return slots;
    }
}
