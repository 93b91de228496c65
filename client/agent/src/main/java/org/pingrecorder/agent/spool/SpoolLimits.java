package org.pingrecorder.agent.spool;

import java.time.Duration;

/**
 * What a spool may take; beyond it, the oldest segment is dropped.
 *
 * @param bytes on disk
 * @param age of what waits for the recorder
 * @param memoryBytes in memory, while the disk takes nothing
 */
public record SpoolLimits(long bytes, Duration age, int memoryBytes) {

    private static final int MOST_MEMORY_BYTES = 32 << 20;
    private static final int LEAST_SEGMENT_BYTES = 1 << 20;
    private static final int MOST_SEGMENT_BYTES = 64 << 20;
    private static final int SEGMENTS = 1_024;
    private static final int MEMORY_SEGMENTS = 16;

    /** With a quarter of the heap for memory, 32 MiB at most. */
    public static SpoolLimits of(long bytes, Duration age) {
        long quarter = Runtime.getRuntime().maxMemory() / 4;
        return new SpoolLimits(bytes, age, (int) Math.min(MOST_MEMORY_BYTES, quarter));
    }

    /** Of one file: 4 MiB of a spool of 4 GiB. What is dropped is dropped a file at a time. */
    int segmentBytes() {
        return Math.clamp(bytes / SEGMENTS, LEAST_SEGMENT_BYTES, MOST_SEGMENT_BYTES);
    }

    int memorySegmentBytes() {
        return Math.min(segmentBytes(), memoryBytes / MEMORY_SEGMENTS);
    }
}
