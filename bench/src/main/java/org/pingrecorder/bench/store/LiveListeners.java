package org.pingrecorder.bench.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Listeners of {@code /live}, a connection each; they leave when it is closed. */
final class LiveListeners implements AutoCloseable {

    private static final String DATA = "data: ";

    private final List<HttpURLConnection> connections = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Adds one that counts bytes and throws them away, and returns when it listens.
     *
     * @param query with its question mark, or empty
     */
    void add(URI recorder, String query, LongAdder bytes) throws IOException {
        InputStream events = open(recorder, query);
        Thread.ofVirtual()
                .start(
                        () -> {
                            byte[] buffer = new byte[16 << 10];
                            try {
                                for (int n = events.read(buffer); n >= 0; n = events.read(buffer)) {
                                    bytes.add(n);
                                }
                            } catch (IOException e) {
                                cutOff(e);
                            }
                        });
    }

    /**
     * Adds one, and returns when it listens.
     *
     * @param query with its question mark, or empty
     * @param data takes the data of each event, on a thread of the listener's own
     */
    void add(URI recorder, String query, Consumer<String> data) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(open(recorder, query), StandardCharsets.ISO_8859_1));
        Thread.ofVirtual().start(() -> read(lines, data));
    }

    private InputStream open(URI recorder, String query) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) recorder.resolve("/live" + query).toURL().openConnection();
        connections.add(connection);
        if (connection.getResponseCode() != 200) {
            throw new IOException("/live answered " + connection.getResponseCode());
        }
        return connection.getInputStream();
    }

    private void read(BufferedReader lines, Consumer<String> data) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    data.accept(line.substring(DATA.length()));
                }
            }
        } catch (IOException e) {
            cutOff(e);
        }
    }

    private void cutOff(IOException fault) {
        if (!closed) {
            System.out.println("A listener was cut off: " + fault);
        }
    }

    @Override
    public void close() {
        closed = true;
        // Each waits until its reader has something to read: a heartbeat at the latest.
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            connections.forEach(connection -> closing.execute(connection::disconnect));
        }
    }
}
