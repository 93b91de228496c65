package org.pingrecorder.oneoff;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/** What happened in a run, as the engine's thread tells it to the one that tells it on. */
public sealed interface PingEvent {

    /**
     * One ping is decided.
     *
     * @param host its index
     * @param seq counted from 0 per host
     * @param plannedEpochMicros when it was to leave
     * @param slipNanos how much later it left
     * @param latencyNanos -1 without a reply
     * @param ttl of the reply, -1 where unknown
     * @param bytes of the reply, -1 where unknown
     * @param cause why there was no reply; null with one
     */
    record Decided(
            int host,
            long seq,
            long plannedEpochMicros,
            long slipNanos,
            Outcome outcome,
            long latencyNanos,
            int ttl,
            int bytes,
            @Nullable FailureCause cause)
            implements PingEvent {

        /** Latency in milliseconds with microsecond digits, or null. */
        public @Nullable Double latencyMs() {
            return latencyNanos < 0 ? null : PingLines.millis(latencyNanos);
        }
    }

    /**
     * Slots of one host that passed while the process did not run.
     *
     * @param firstSeq of the first
     * @param pings how many
     */
    record Missed(int host, long firstSeq, long pings, long firstEpochMicros) implements PingEvent {

        /** One of them, counted from 0. */
        public Decided ping(long index, Duration interval) {
            long atMicros = firstEpochMicros + index * interval.toNanos() / 1_000;
            return new Decided(
                    host,
                    firstSeq + index,
                    atMicros,
                    0,
                    Outcome.MISSED,
                    -1,
                    -1,
                    -1,
                    FailureCause.HELD_UP);
        }
    }

    /**
     * Further replies of one host.
     *
     * @param seq of the decided ping that the last of them belongs to
     * @param copies how many; more than 1 only where they come faster than they are told
     */
    record Duplicate(int host, long seq, long plannedEpochMicros, long copies)
            implements PingEvent {}

    /** Nothing more will come; the fault, if there was one. */
    record End(@Nullable Throwable fault) implements PingEvent {}
}
