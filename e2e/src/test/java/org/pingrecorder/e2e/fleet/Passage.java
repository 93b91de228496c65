package org.pingrecorder.e2e.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A way from this machine's loopback to an address inside a place: the tests ask recorders there,
 * and nothing of the place's network is seen outside.
 */
final class Passage implements AutoCloseable {

    private final Place place;
    private final String host;
    private final int port;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    // Platform threads: a virtual thread's carrier may belong to either namespace.
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    Passage(Place place, String host, int port) throws IOException {
        this.place = place;
        this.host = host;
        this.port = port;
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        threads.execute(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket outside = server.accept();
                threads.execute(() -> pass(outside));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket outside) {
        open.add(outside);
        try (outside;
                Socket inside = place.connect(host, port)) {
            open.add(inside);
            Future<?> back = threads.submit(() -> copy(inside, outside));
            copy(outside, inside);
            back.get();
        } catch (Exception e) {
            open.remove(outside); // nobody listens: the caller sees it closed, and asks again
        }
    }

    /** Until either end closes, which closes the other. */
    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            open.remove(to); // by one of the two, whichever
        } finally {
            open.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdown();
    }
}
