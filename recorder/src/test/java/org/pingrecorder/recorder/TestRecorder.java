package org.pingrecorder.recorder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pingrecorder.recorder.config.StartFailure;

/**
 * The recorder as it is shipped, on a random port and a database of the test class's own. Register
 * it as a static extension; it runs for as long as the class.
 */
public final class TestRecorder implements BeforeAllCallback, AfterAllCallback {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int MOST_PAGES = 100;

    private final TestDatabase database;
    private final Map<String, Object> settings = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Recorder recorder;

    @SuppressWarnings("NullAway.Init") // JUnit calls beforeAll first
    private TestRecorder(TestDatabase database, Map<String, Object> more) {
        this.database = database;
        settings.put("recorder.port", 0);
        settings.putAll(database.settings());
        settings.putAll(more);
    }

    /** A recorder with an empty database. */
    public static TestRecorder create() {
        return on(TestDatabase.create(), Map.of());
    }

    /** A recorder on that database, with configuration besides. */
    public static TestRecorder on(TestDatabase database, Map<String, Object> more) {
        return new TestRecorder(database, more);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws StartFailure {
        recorder = Recorder.start(settings);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        recorder.close();
    }

    public URI uri() {
        return recorder.uri();
    }

    /** The host and port it listens on, as a {@code Host} header has them. */
    public String authority() {
        return uri().getAuthority();
    }

    public TestDatabase database() {
        return database;
    }

    public <T> T bean(Class<T> type) {
        return recorder.context().getBean(type);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** Follows the {@code Link} headers from page to page until the end. */
    public List<Answer> pages(String path) {
        List<Answer> pages = new ArrayList<>();
        for (Optional<String> next = Optional.of(path); next.isPresent(); ) {
            assertTrue(pages.size() < MOST_PAGES, "the pages have no end");
            Answer page = get(next.get()).expect(200);
            pages.add(page);
            next = page.next();
        }
        return pages;
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String json) {
        return post(path, BodyPublishers.ofString(json), "application/json");
    }

    public Answer post(String path, BodyPublisher body, String contentType) {
        return send("POST", path, body, "Content-Type", contentType);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    /** Sends any call. */
    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpResponse<byte[]> response =
                send(method, path, body, BodyHandlers.ofByteArray(), headers);
        return new Answer(
                response.statusCode(), Map.copyOf(response.headers().map()), response.body());
    }

    /** Reads a long answer as it comes; the caller closes it. */
    public InputStream stream(String path) {
        return send("GET", path, BodyPublishers.noBody(), BodyHandlers.ofInputStream()).body();
    }

    private <T> HttpResponse<T> send(
            String method,
            String path,
            BodyPublisher body,
            HttpResponse.BodyHandler<T> handler,
            String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri() + path))
                        .timeout(LIMIT)
                        .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request that is written out, without its first line's version and final blank. */
    public Answer raw(String requestLine, String... headers) {
        StringBuilder request = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return raw(RawHttp.bytes(request.append("\r\n").toString()));
    }

    /** Sends those bytes. */
    public Answer raw(byte[] request) {
        try {
            return RawHttp.exchange(uri(), request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
