package org.pingrecorder.agent.spool;

import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Which segment has to go for the rest to be within the limits. Its callers hold the lock. */
final class Room {

    private Room() {}

    /** A segment to be dropped, and why. */
    record Victim(Segment segment, String why) {}

    /**
     * The next one to be dropped; null if all is within the limits.
     *
     * @param segments oldest first
     * @param damagedBytes on disk beside them
     * @param nowMicros by the spool's own time
     * @param recorderAheadMicros by how much the recorder's clock is ahead of that, if it is known
     */
    static @Nullable Victim victim(
            Deque<Segment> segments,
            SpoolLimits limits,
            long damagedBytes,
            long nowMicros,
            @Nullable Long recorderAheadMicros) {
        if (bytes(segments, true) > limits.memoryBytes()) {
            return of(
                    oldestClosed(segments, true),
                    "the disk takes nothing, and memory for them is full");
        }
        if (bytes(segments, false) + damagedBytes > limits.bytes()) {
            return of(oldestClosed(segments, false), "the spool is full (see --spool-limit)");
        }
        Segment oldest = segments.peekFirst();
        // What an earlier run left is as old as the recorder says: this clock may be set wrong.
        Long ahead = oldest == null || oldest.found ? recorderAheadMicros : Long.valueOf(0);
        return oldest != null
                        && !oldest.open
                        && ahead != null
                        && nowMicros + ahead - oldest.ageMicros > limits.age().toNanos() / 1_000
                ? of(oldest, "they are too old (see --spool-age)")
                : null;
    }

    private static @Nullable Victim of(@Nullable Segment segment, String why) {
        return segment == null ? null : new Victim(segment, why);
    }

    /** What is in memory, or on disk. */
    static long bytes(Deque<Segment> segments, boolean memory) {
        return segments.stream().filter(s -> s.inMemory() == memory).mapToLong(s -> s.size).sum();
    }

    private static @Nullable Segment oldestClosed(Deque<Segment> segments, boolean memory) {
        return segments.stream()
                .filter(s -> s.inMemory() == memory && !s.open)
                .findFirst()
                .orElse(null);
    }
}
