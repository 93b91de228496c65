package org.pingrecorder.oneoff;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.PingLine;

/** From what happened in a run to the lines that tell it. */
public final class PingLines {

    /** A ping that left no later than this after its time was on time. */
    public static final long SLIP_FLOOR_NANOS = 1_000_000;

    private PingLines() {}

    /** The line of one decided ping. */
    public static PingLine of(PingHost host, PingEvent.Decided ping) {
        FailureCause cause = ping.cause();
        return new PingLine(
                PingLine.TYPE,
                null,
                host.given().text(),
                host.addressText(),
                ping.seq(),
                at(ping.plannedEpochMicros()),
                ping.outcome().text(),
                ping.latencyMs(),
                known(ping.ttl()),
                known(ping.bytes()),
                false,
                cause == null ? null : known(cause.errorType()),
                cause == null ? null : known(cause.errorCode()),
                cause == null ? null : cause.errorFrom(),
                cause == null ? null : cause.detail(),
                host.name(),
                host.tellingFamily(),
                ping.slipNanos() <= SLIP_FLOOR_NANOS ? null : millis(ping.slipNanos()));
    }

    /** The line of a further reply. */
    public static PingLine of(PingHost host, PingEvent.Duplicate duplicate) {
        return new PingLine(
                PingLine.TYPE,
                null,
                host.given().text(),
                host.addressText(),
                duplicate.seq(),
                at(duplicate.plannedEpochMicros()),
                Outcome.REPLY.text(),
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                null,
                host.name(),
                host.tellingFamily(),
                null);
    }

    /** Whole microseconds, in milliseconds. */
    public static double millis(long nanos) {
        return Math.round(nanos / 1_000.0) / 1_000.0;
    }

    private static Instant at(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
    }

    private static @Nullable Integer known(int value) {
        return value < 0 ? null : value;
    }
}
