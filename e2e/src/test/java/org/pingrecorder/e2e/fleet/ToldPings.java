package org.pingrecorder.e2e.fleet;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pingrecorder.e2e.StreamedLines;
import org.pingrecorder.wire.RecordedPing;

/** The pings that {@code /live} tells. */
final class ToldPings implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.createDefault();
    private static final String DATA = "data: ";

    private final List<Told> pings = new CopyOnWriteArrayList<>();
    private final StreamedLines events;
    private String event = "";

    /**
     * One of them.
     *
     * @param at when it was told
     */
    record Told(Instant at, RecordedPing ping) {}

    /**
     * Listens.
     *
     * @param query such as {@code client=client1}
     */
    ToldPings(URI recorder, String query) {
        events =
                new StreamedLines(
                        HttpRequest.newBuilder(recorder.resolve("/live?" + query)).build(),
                        this::line);
    }

    private void line(String line) {
        if (line.startsWith("event: ")) {
            event = line.substring("event: ".length());
        } else if (line.startsWith(DATA) && event.equals("ping")) {
            Instant now = Instant.now();
            try {
                Objects.requireNonNull(
                                JSON.readValue(
                                        line.substring(DATA.length()),
                                        Argument.listOf(RecordedPing.class)))
                        .forEach(ping -> pings.add(new Told(now, ping)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    List<Told> all() {
        return pings;
    }

    @Override
    public void close() {
        events.close();
    }
}
