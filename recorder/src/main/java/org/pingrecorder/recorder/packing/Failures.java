package org.pingrecorder.recorder.packing;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What failed while the rest went on: one of many clients or hours. Not thread-safe. */
final class Failures {

    /** The others are only counted. */
    private static final int MOST_TOLD = 10;

    private @Nullable SQLException first;
    private int count;

    void add(String what, Throwable cause) {
        SQLException failure = new SQLException(what, cause);
        SQLException told = first;
        if (told == null) {
            first = failure;
        } else if (count < MOST_TOLD) {
            told.addSuppressed(failure);
        }
        count++;
    }

    /** Throws the first one, with others as suppressed ones. */
    void throwIfAny() throws SQLException {
        if (first != null) {
            throw first;
        }
    }
}
