package org.pingrecorder.agent.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Outcome;

/**
 * One decided ping on its way.
 *
 * @param number its place in the order of arrival, from 0
 * @param ip canonical address or host name
 * @param family of a host name's half, or null
 * @param name what people call it, or null
 * @param epochMicros its time
 * @param outcome what became of it
 * @param latencyMicros -1 unless there was a reply
 */
record QueuedPing(
        long number,
        String ip,
        @Nullable Family family,
        @Nullable String name,
        long epochMicros,
        Outcome outcome,
        long latencyMicros) {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    NewPing toWire() {
        Instant at = Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
        Double latencyMs = latencyMicros < 0 ? null : latencyMicros / 1_000.0;
        return new NewPing(ip, family, latencyMs, name, MICROS.format(at), outcome.text());
    }

    /**
     * From what {@link #toWire} gave.
     *
     * @throws IllegalArgumentException if it cannot have come from there
     */
    static QueuedPing ofWire(long number, NewPing ping) {
        if (ping.ip() == null || ping.at() == null || ping.outcome() == null) {
            throw new IllegalArgumentException("ip, at or outcome is absent");
        }
        Outcome outcome =
                Outcome.ofText(ping.outcome())
                        .orElseThrow(() -> new IllegalArgumentException("unknown outcome"));
        if (outcome.hasLatency() != (ping.latencyMs() != null)) {
            throw new IllegalArgumentException("outcome and latency contradict each other");
        }
        long micros = ping.latencyMs() == null ? -1 : Math.round(ping.latencyMs() * 1_000);
        return new QueuedPing(
                number,
                Address.parse(ping.ip()).text(),
                ping.family(),
                ping.name(),
                epochMicros(ping.at()),
                outcome,
                micros);
    }

    private static long epochMicros(String at) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(at));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("at is not a time", e);
        }
    }
}
