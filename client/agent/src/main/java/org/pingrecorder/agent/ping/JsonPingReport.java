package org.pingrecorder.agent.ping;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.pingrecorder.oneoff.PingEvent;
import org.pingrecorder.oneoff.PingLines;

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
            out.line(json(PingLines.of(host.host(), ping)), JsonPingReport::notice);
        }
    }

    @Override
    public void duplicate(HostTally host, PingEvent.Duplicate duplicate) {
        if (!quiet) {
            out.line(json(PingLines.of(host.host(), duplicate)), JsonPingReport::notice);
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
