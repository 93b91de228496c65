package org.pingrecorder.recorder.live;

import java.util.HashSet;
import java.util.Set;

/**
 * Which uploads were told. Ids are given before rows are committed, so one may come after higher
 * ones: all of a window are remembered, and what is below it counts as told. Not thread-safe.
 */
final class Told {

    static final long WINDOW = 100_000;

    private static final int CLEAN_UP_AT = (int) (2 * WINDOW);

    private final Set<Long> ids = new HashSet<>();
    private long floor;

    /** Nothing above that id was told. */
    Told(long floor) {
        this.floor = floor;
    }

    boolean contains(long id) {
        return id <= floor || ids.contains(id);
    }

    void add(long id) {
        if (id > floor && ids.add(id)) {
            floor = Math.max(floor, id - WINDOW);
            if (ids.size() > CLEAN_UP_AT) {
                ids.removeIf(old -> old <= floor);
            }
        }
    }

    /** All up to this one count as told. */
    long floor() {
        return floor;
    }
}
