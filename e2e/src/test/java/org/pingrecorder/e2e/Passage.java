package org.pingrecorder.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A way from one network namespace into another, for connections of TCP: whoever connects at this
 * end is connected at the other one, and nothing else of either network is seen from the other.
 */
public final class Passage implements AutoCloseable {

    private final ServerSocket server;
    private final Callable<Socket> connect;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    // Platform threads: a virtual thread's carrier may belong to either namespace.
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    /**
     * Opens it.
     *
     * @param server where one connects; closed with it
     * @param connect connects at the other end
     */
    public Passage(ServerSocket server, Callable<Socket> connect) {
        this.server = server;
        this.connect = connect;
        threads.execute(this::accept);
    }

    /** Where one connects, if that is this machine's loopback. */
    public URI address() {
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
                Socket inside = connect.call()) {
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
