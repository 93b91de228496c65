package org.pingrecorder.bench.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Listeners of {@code /live}, a connection each; they leave when it is closed. */
final class LiveListeners implements AutoCloseable {

    private static final String DATA = "data: ";

    private final List<HttpURLConnection> connections = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Adds one, and returns when it listens.
     *
     * @param query with its question mark, or empty
     * @param data takes the data of each event, on a thread of the listener's own
     */
    void add(URI recorder, String query, Consumer<String> data) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) recorder.resolve("/live" + query).toURL().openConnection();
        connections.add(connection);
        if (connection.getResponseCode() != 200) {
            throw new IOException("/live answered " + connection.getResponseCode());
        }
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                connection.getInputStream(), StandardCharsets.ISO_8859_1));
        Thread.ofVirtual().start(() -> read(lines, data));
    }

    private void read(BufferedReader lines, Consumer<String> data) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    data.accept(line.substring(DATA.length()));
                }
            }
        } catch (IOException e) {
            if (!closed) {
                System.out.println("A listener was cut off: " + e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        connections.forEach(HttpURLConnection::disconnect);
    }
}
