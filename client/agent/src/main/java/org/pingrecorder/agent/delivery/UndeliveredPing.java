package org.pingrecorder.agent.delivery;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.pingrecorder.agent.batch.BatchIp;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Outcome;

/**
 * A ping that a client without a spool left behind.
 *
 * @param epochMicros its time
 * @param latencyMicros -1 unless there was a reply
 */
record UndeliveredPing(BatchIp ip, long epochMicros, Outcome outcome, int latencyMicros) {

    /**
     * From a line of its file.
     *
     * @throws IllegalArgumentException if it cannot have come from such a client
     */
    static UndeliveredPing of(NewPing ping) {
        if (ping.ip() == null || ping.at() == null || ping.outcome() == null) {
            throw new IllegalArgumentException("ip, at or outcome is absent");
        }
        Outcome outcome =
                Outcome.ofText(ping.outcome())
                        .orElseThrow(() -> new IllegalArgumentException("unknown outcome"));
        if (outcome.hasLatency() != (ping.latencyMs() != null)) {
            throw new IllegalArgumentException("outcome and latency contradict each other");
        }
        return new UndeliveredPing(
                new BatchIp(Address.parse(ping.ip()).text(), ping.family(), ping.name(), 0),
                epochMicros(ping.at()),
                outcome,
                ping.latencyMs() == null ? -1 : (int) Math.round(ping.latencyMs() * 1_000));
    }

    private static long epochMicros(String at) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(at));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("at is not a time", e);
        }
    }
}
