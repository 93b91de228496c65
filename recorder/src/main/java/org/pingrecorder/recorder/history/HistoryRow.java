package org.pingrecorder.recorder.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Summary;
import org.pingrecorder.wire.Family;

/**
 * One line of {@code GET /history}: what one ip's pings in one bucket come to. Latencies are of
 * those that were received, in milliseconds with microsecond digits; null where there is none.
 *
 * @param client who pinged
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own; absent for all else
 * @param name what people call it, or null
 * @param start of the bucket, UTC; it ends where the next one begins
 * @param sent received, late and lost together
 * @param received replies before the timeout
 * @param lost pings without a reply, but for those of cutOff
 * @param late replies after the timeout
 * @param notSent pings that never left
 * @param missing slots of the ip's timetable without a ping, by reason as in /completeness; null
 *     where the client told no timetable
 * @param duplicates further replies
 * @param cutOff pings without a reply while the client judged itself cut off from the network; in
 *     none of the others
 * @param lossPercent lost of sent
 * @param stddev of the population
 * @param p50 the smallest latency that half of all do not exceed; the others alike
 * @param percentiles how near they are: exact, or within_1_percent
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record HistoryRow(
        String client,
        String ip,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Family family,
        @Nullable String name,
        Instant start,
        long sent,
        long received,
        long lost,
        long late,
        long notSent,
        @Nullable Map<String, Long> missing,
        long duplicates,
        long cutOff,
        @Nullable Double lossPercent,
        @Nullable Double min,
        @Nullable Double avg,
        @Nullable Double max,
        @Nullable Double stddev,
        @Nullable Double p10,
        @Nullable Double p25,
        @Nullable Double p50,
        @Nullable Double p75,
        @Nullable Double p90,
        @Nullable Double p95,
        @Nullable Double p99,
        @Nullable String percentiles) {

    static HistoryRow of(
            Target target, long startMicros, Summary summary, @Nullable Map<String, Long> missing) {
        return new HistoryRow(
                target.client(),
                target.ip(),
                target.family(),
                target.name(),
                Hours.instant(startMicros),
                summary.sent(),
                summary.received(),
                summary.lost(),
                summary.late(),
                summary.notSent(),
                missing,
                summary.duplicates(),
                summary.cutOff(),
                Figures.percent(summary.lost(), summary.sent()),
                Figures.ms(summary.minMicros()),
                Figures.ms(summary.meanMicros()),
                Figures.ms(summary.maxMicros()),
                Figures.ms(summary.stddevMicros()),
                Figures.ms(summary.quantileMicros(0.10)),
                Figures.ms(summary.quantileMicros(0.25)),
                Figures.ms(summary.quantileMicros(0.50)),
                Figures.ms(summary.quantileMicros(0.75)),
                Figures.ms(summary.quantileMicros(0.90)),
                Figures.ms(summary.quantileMicros(0.95)),
                Figures.ms(summary.quantileMicros(0.99)),
                summary.received() == 0 ? null : summary.isExact() ? "exact" : "within_1_percent");
    }
}
