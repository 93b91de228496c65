package org.pingrecorder.bench.timetable;

/** What the heap holds. */
final class Heap {

    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** Bytes that are still in use after a collection. */
    static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
