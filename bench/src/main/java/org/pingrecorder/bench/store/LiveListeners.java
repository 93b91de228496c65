package org.pingrecorder.bench.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Listeners of {@code /live}, a connection each; they leave when it is closed. */
final class LiveListeners implements AutoCloseable {

    private static final String DATA = "data: ";

    private final List<Socket> sockets = new ArrayList<>();

    /**
     * Adds one, and returns when it listens.
     *
     * @param query with its question mark, or empty
     * @param data takes the data of each event, on a thread of the listener's own
     */
    void add(URI recorder, String query, Consumer<String> data) throws IOException {
        Socket socket = new Socket(recorder.getHost(), recorder.getPort());
        sockets.add(socket);
        String request =
                "GET /live%s HTTP/1.0\r\nHost: %s\r\n\r\n"
                        .formatted(query, recorder.getAuthority());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String status = lines.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("/live answered " + status);
        }
        Thread.ofVirtual().start(() -> read(socket, lines, data));
    }

    private static void read(Socket socket, BufferedReader lines, Consumer<String> data) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    data.accept(line.substring(DATA.length()));
                }
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new IllegalStateException("a listener was cut off", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
