package org.pingrecorder.recorder.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Summary;
import org.pingrecorder.wire.Family;

/**
 * One line of {@code GET /summary}: an ip now, and its pings in the window.
 *
 * @param client who pings
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own; absent for all else
 * @param name what people call it, or null
 * @param state up, down, late, unknown or paused
 * @param stateSince since when; null if it was never pinged
 * @param attempts pings that were sent: received, late and lost together
 * @param received replies before the timeout
 * @param lost pings without a reply
 * @param late replies after the timeout
 * @param notSent pings that never left
 * @param cutOff pings without a reply while the client was cut off from the network; in none of the
 *     others
 * @param passPercent received of sent
 * @param failPercent all else of sent
 * @param disconnectedMs how much of the window is outages
 * @param lastAt time of the newest ping of all, be it outside of the window
 * @param lastOutcome what became of it
 * @param lastLatencyMs its latency
 * @param spark mean latencies of equal parts of the window, null where nothing was received
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record SummaryRow(
        String client,
        String ip,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Family family,
        @Nullable String name,
        String state,
        @Nullable Instant stateSince,
        long attempts,
        long received,
        long lost,
        long late,
        long notSent,
        long cutOff,
        @Nullable Double passPercent,
        @Nullable Double failPercent,
        double disconnectedMs,
        @Nullable Instant lastAt,
        @Nullable String lastOutcome,
        @Nullable Double lastLatencyMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<@Nullable Double> spark) {

    /**
     * The ip as it is now, before its pings of the window are counted.
     *
     * @param state that its pings tell; while it is paused, that is told instead
     */
    static SummaryRow of(
            Target target,
            String state,
            @Nullable Instant stateSince,
            double disconnectedMs,
            @Nullable Instant lastAt,
            @Nullable String lastOutcome,
            @Nullable Double lastLatencyMs) {
        return new SummaryRow(
                target.client(),
                target.ip(),
                target.family(),
                target.name(),
                target.pausedAt() == null ? state : State.PAUSED.text(),
                target.pausedAt() == null ? stateSince : target.pausedAt(),
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                disconnectedMs,
                lastAt,
                lastOutcome,
                lastLatencyMs,
                null);
    }

    /** The same with the pings of the window. */
    SummaryRow counted(Summary sum, @Nullable List<@Nullable Double> means) {
        return new SummaryRow(
                client,
                ip,
                family,
                name,
                state,
                stateSince,
                sum.sent(),
                sum.received(),
                sum.lost(),
                sum.late(),
                sum.notSent(),
                sum.cutOff(),
                Figures.percent(sum.received(), sum.sent()),
                Figures.percent(sum.sent() - sum.received(), sum.sent()),
                disconnectedMs,
                lastAt,
                lastOutcome,
                lastLatencyMs,
                means);
    }
}
