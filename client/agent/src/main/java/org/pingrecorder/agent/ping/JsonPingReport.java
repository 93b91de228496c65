package org.pingrecorder.agent.ping;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.PingLine;

/** One JSON object a line and nothing else. */
final class JsonPingReport implements PingReport {

    private final ObjectMapper mapper = ObjectMapper.getDefault();
    private final Output out;
    private final boolean quiet;

    JsonPingReport(Output out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    @Override
    public void ping(HostTally host, PingEvent.Decided ping) {
        if (!quiet) {
            out.line(json(line(host.host(), ping)), JsonPingReport::notice);
        }
    }

    @Override
    public void duplicate(HostTally host, PingEvent.Duplicate duplicate) {
        if (!quiet) {
            out.line(json(line(host.host(), duplicate)), JsonPingReport::notice);
        }
    }

    @Override
    public void leftOut(long results) {
        if (!quiet) {
            out.line(notice(results), JsonPingReport::notice);
        }
    }

    @Override
    public void summary(List<HostTally> hosts) {
        for (HostTally host : hosts) {
            out.text(json(host.summary()) + "\n", JsonPingReport::notice);
        }
    }

    static PingLine line(PingHost host, PingEvent.Decided ping) {
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
                ping.slipNanos() <= OwnFaults.SLIP_FLOOR_NANOS
                        ? null
                        : Millis.ofNanos(ping.slipNanos()));
    }

    private static PingLine line(PingHost host, PingEvent.Duplicate duplicate) {
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

    private static Instant at(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
    }

    private static @Nullable Integer known(int value) {
        return value < 0 ? null : value;
    }

    private static String notice(long lines) {
        return "{\"type\":\"left_out\",\"lines\":" + lines + "}";
    }

    private String json(Object line) {
        try {
            return mapper.writeValueAsString(line);
        } catch (IOException e) {
            throw new UncheckedIOException("a record of ours cannot be written as JSON", e);
        }
    }
}
