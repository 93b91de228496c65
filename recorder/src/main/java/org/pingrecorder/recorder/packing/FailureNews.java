package org.pingrecorder.recorder.packing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failure that comes again and again is to be told: at once where its causes are others
 * than before, and every 10 minutes as long as it lasts. Not thread-safe.
 */
final class FailureNews {

    static final Duration TELL_AGAIN = Duration.ofMinutes(10);

    /** What failed last time; null if nothing did. */
    private @Nullable String causes;

    private long toldNanos;

    /** Takes a failure in; returns whether to tell it. */
    boolean isNews(Throwable failure, long nowNanos) {
        TreeSet<String> found = new TreeSet<>();
        collect(failure, found);
        String now = String.join("; ", found);
        boolean isNews = !now.equals(causes) || nowNanos - toldNanos >= TELL_AGAIN.toNanos();
        causes = now;
        if (isNews) {
            toldNanos = nowNanos;
        }
        return isNews;
    }

    /** Nothing failed; returns whether something did before. */
    boolean hasEnded() {
        boolean ended = causes != null;
        causes = null;
        return ended;
    }

    /** What failed and why, without what may differ from time to time in the text of a cause. */
    private static void collect(Throwable failure, Set<String> found) {
        StringBuilder text = new StringBuilder();
        text.append(failure.getClass().getName()).append(": ").append(failure.getMessage());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append(", ").append(cause.getClass().getName());
            if (cause instanceof SQLException sql) {
                text.append(' ').append(sql.getSQLState());
            }
        }
        found.add(text.toString());
        for (Throwable other : failure.getSuppressed()) {
            collect(other, found);
        }
    }
}
