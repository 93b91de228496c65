package org.pingrecorder.recorder.tasks;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

/** A call of {@code POST /ping-task}, and the lines that came so far, but the first. */
final class Call implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<Json> lines = new CopyOnWriteArrayList<>();
    private volatile String begin = "";
    private volatile boolean ended;

    private Call(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    /** Asks for a task; returns when the answer has begun. */
    static Call of(TestRecorder recorder, String json) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(recorder.uri() + "/ping-task"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build();
        try {
            HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("answered " + response.statusCode());
            }
            return new Call(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            begin = String.valueOf(text.readLine());
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.add(Json.of(line));
            }
            ended = true;
        } catch (IOException e) {
            return; // the caller hung up
        }
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The first line. */
    String begin() {
        return begin;
    }

    List<Json> lines() {
        return lines;
    }

    List<Json> lines(String type) {
        return lines.stream().filter(line -> line.at("type").text().equals(type)).toList();
    }

    List<String> types() {
        return lines.stream().map(line -> line.at("type").text()).toList();
    }

    /** All lines, once the answer is complete. */
    List<Json> awaitEnd() {
        await().atMost(Duration.ofSeconds(30)).until(() -> ended);
        return lines;
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
