package org.pingrecorder.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Asks, and hands on each line of the answer as it comes, on a thread of its own. */
public final class StreamedLines implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile String fault = "";

    public StreamedLines(HttpRequest request, Consumer<String> each) {
        Thread.ofVirtual().start(() -> read(request, each));
    }

    private void read(HttpRequest request, Consumer<String> each) {
        try (BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(
                                http.send(request, BodyHandlers.ofInputStream()).body(),
                                StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                each.accept(line);
            }
        } catch (IOException e) {
            fault = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What broke the answer, or an empty text. */
    public String fault() {
        return fault;
    }

    /** Hangs up. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
