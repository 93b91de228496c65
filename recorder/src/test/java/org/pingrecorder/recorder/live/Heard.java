package org.pingrecorder.recorder.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

/** A listener of {@code /live}, and what it heard so far. */
final class Heard implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<One> events = new CopyOnWriteArrayList<>();

    /** An event. */
    record One(String event, String id, Json data) {}

    private Heard(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    /** How many listen to a recorder. */
    static double listeners(TestRecorder recorder) {
        return recorder.bean(MeterRegistry.class)
                .get("ping_recorder.live.listeners")
                .gauge()
                .value();
    }

    /** Listens from now on: the answer has begun. */
    static Heard listen(TestRecorder recorder, String query, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(recorder.uri() + "/live" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<InputStream> response =
                    HTTP.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("answered " + response.statusCode());
            }
            return new Heard(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            read(lines, events::add);
        } catch (IOException e) {
            events.add(new One("ended", "", Json.of("{}"))); // as every listener is, at the latest
        }
    }

    /** Reads events until the end, or until there are enough. */
    static void read(BufferedReader lines, Predicate<One> goesOn) throws IOException {
        String event = "";
        String id = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                if (!goesOn.test(new One(event, id, Json.of(line.substring(6))))) {
                    return;
                }
                id = "";
            }
        }
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    List<One> events() {
        return events;
    }

    /** All events of a kind, in their order. */
    List<Json> data(String event) {
        return events.stream().filter(one -> one.event().equals(event)).map(One::data).toList();
    }

    /** All pings, in their order. */
    List<Json> pings() {
        List<Json> pings = new ArrayList<>();
        data("ping").forEach(array -> pings.addAll(array.elements()));
        return pings;
    }

    /** How many pings it heard or was told to have lost. */
    static long countOf(List<One> events) {
        return events.stream()
                .mapToLong(
                        one ->
                                switch (one.event()) {
                                    case "ping" -> one.data().size();
                                    case "dropped" -> one.data().at("pings").number();
                                    default -> 0;
                                })
                .sum();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
