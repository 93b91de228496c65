package org.pingrecorder.recorder.plans;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.wire.TargetSettings;

/**
 * What a plan says of all its targets; null where it says nothing.
 *
 * @param intervalMs time between two pings of one ip
 * @param timeoutMs a reply after this is late
 * @param metricsIntervalMs time between two readings of the host's metrics
 * @param paused whether nothing is pinged
 */
record PlanSettings(
        @Nullable Long intervalMs,
        @Nullable Long timeoutMs,
        @Nullable Long metricsIntervalMs,
        @Nullable Boolean paused) {

    static final PlanSettings NONE = new PlanSettings(null, null, null, null);

    /** Columns of table {@code plan}, as {@link #read} and {@link #set} have them. */
    static final String COLUMNS = "interval_ms, timeout_ms, metrics_interval_ms, paused";

    private static final String INTERVAL = "interval_ms";
    private static final String TIMEOUT = "timeout_ms";
    private static final String METRICS_INTERVAL = "metrics_interval_ms";
    private static final String PAUSED = "paused";

    private static final long LEAST_METRICS_INTERVAL_MILLIS = 1_000;
    private static final long MOST_METRICS_INTERVAL_MILLIS = 3_600_000;

    /** What a body says; what it leaves out is said by nobody. */
    static PlanSettings read(JsonObject body) {
        return new PlanSettings(
                intervalMillis(body),
                timeoutMillis(body),
                body.whole(
                        METRICS_INTERVAL,
                        LEAST_METRICS_INTERVAL_MILLIS,
                        MOST_METRICS_INTERVAL_MILLIS),
                body.truth(PAUSED));
    }

    /** An interval in milliseconds, of a plan or of a target. */
    static @Nullable Long intervalMillis(JsonObject body) {
        return body.whole(
                INTERVAL,
                TargetSettings.LEAST_INTERVAL.toMillis(),
                TargetSettings.MOST_INTERVAL.toMillis());
    }

    /** A timeout in milliseconds, of a plan or of a target. */
    static @Nullable Long timeoutMillis(JsonObject body) {
        return body.whole(
                TIMEOUT,
                TargetSettings.LEAST_TIMEOUT.toMillis(),
                TargetSettings.MOST_WAIT.toMillis());
    }

    /**
     * These settings but for what a body names.
     *
     * @param given what the body says
     */
    PlanSettings changed(JsonObject body, PlanSettings given) {
        return new PlanSettings(
                body.has(INTERVAL) ? given.intervalMs : intervalMs,
                body.has(TIMEOUT) ? given.timeoutMs : timeoutMs,
                body.has(METRICS_INTERVAL) ? given.metricsIntervalMs : metricsIntervalMs,
                body.has(PAUSED) ? given.paused : paused);
    }

    /** These settings, and another plan's where they say nothing. */
    PlanSettings or(PlanSettings other) {
        return new PlanSettings(
                intervalMs == null ? other.intervalMs : intervalMs,
                timeoutMs == null ? other.timeoutMs : timeoutMs,
                metricsIntervalMs == null ? other.metricsIntervalMs : metricsIntervalMs,
                paused == null ? other.paused : paused);
    }

    static PlanSettings read(ResultSet row) throws SQLException {
        return new PlanSettings(
                row.getObject(INTERVAL, Long.class),
                row.getObject(TIMEOUT, Long.class),
                row.getObject(METRICS_INTERVAL, Long.class),
                row.getObject(PAUSED, Boolean.class));
    }

    /** Sets the four columns as parameters. */
    void set(PreparedStatement statement, int first) throws SQLException {
        statement.setObject(first, intervalMs, Types.BIGINT);
        statement.setObject(first + 1, timeoutMs, Types.BIGINT);
        statement.setObject(first + 2, metricsIntervalMs, Types.BIGINT);
        statement.setObject(first + 3, paused, Types.BOOLEAN);
    }
}
