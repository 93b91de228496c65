package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The lines of a task, as they come. */
public final class TaskLines implements AutoCloseable {

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final StreamedLines answer;

    /**
     * One of them.
     *
     * @param at when it came
     */
    public record Line(Instant at, JsonRow json) {

        public String type() {
            return text("type");
        }

        /** A field as text, whatever it is. */
        public String text(String field) {
            return json.text(field);
        }
    }

    /** Orders a task. */
    public TaskLines(URI recorder, String json) {
        HttpRequest request =
                HttpRequest.newBuilder(recorder.resolve("/ping-task"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build();
        answer = new StreamedLines(request, this::add);
    }

    private void add(String line) {
        try {
            lines.add(new Line(Instant.now(), JsonRow.of(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Line> all() {
        return lines;
    }

    public List<Line> of(String type) {
        return lines.stream().filter(line -> line.type().equals(type)).toList();
    }

    /** The last line, once it is there. */
    public Line awaitEnd() {
        await().atMost(Duration.ofSeconds(60))
                .failFast(() -> assertEquals("", answer.fault()))
                .until(() -> !of("end").isEmpty());
        return lines.getLast();
    }

    @Override
    public void close() {
        answer.close();
    }
}
