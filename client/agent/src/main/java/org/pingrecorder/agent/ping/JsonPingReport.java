package org.pingrecorder.agent.ping;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.SummaryLine;

/** One JSON object a line and nothing else, each flushed as it comes. */
final class JsonPingReport implements PingReport {

    private final ObjectMapper mapper = ObjectMapper.getDefault();
    private final PrintWriter out;
    private final boolean quiet;

    JsonPingReport(PrintWriter out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    @Override
    public void ping(PingLine line) {
        if (!quiet) {
            print(line);
        }
    }

    @Override
    public boolean isUnread() {
        return out.checkError();
    }

    @Override
    public void summary(List<SummaryLine> summaries) {
        summaries.forEach(this::print);
    }

    private void print(Object line) {
        try {
            out.print(mapper.writeValueAsString(line) + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a record of ours cannot be written as JSON", e);
        }
    }
}
