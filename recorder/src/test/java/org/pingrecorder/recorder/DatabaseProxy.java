package org.pingrecorder.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP line to a database that a test can cut and mend. */
public final class DatabaseProxy implements AutoCloseable {

    private final TestDatabase database;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int port;
    private ServerSocket listener;
    private Thread accepting;

    public DatabaseProxy(TestDatabase database) {
        this.database = database;
        this.listener = listen(0);
        this.accepting = accept(listener);
        this.port = listener.getLocalPort();
    }

    /** The same database, by way of this line. */
    public TestDatabase database() {
        String direct = database.host() + ":" + database.port();
        return new TestDatabase(
                database.url().replace(direct, "127.0.0.1:" + port),
                database.user(),
                database.password());
    }

    /** Ends all connections and takes no new ones. */
    public void cut() {
        close(listener);
        try {
            accepting.join(); // the port is free only when nobody waits at it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(DatabaseProxy::close);
    }

    public void mend() {
        listener = listen(port);
        accepting = accept(listener);
    }

    private Thread accept(ServerSocket socket) {
        return Thread.ofVirtual().start(() -> acceptAll(socket));
    }

    private static ServerSocket listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket caller = from.accept();
                Socket server = new Socket(database.host(), database.port());
                sockets.add(caller);
                sockets.add(server);
                Thread.ofVirtual().start(() -> copy(caller, server));
                Thread.ofVirtual().start(() -> copy(server, caller));
            } catch (IOException e) {
                close(from); // by cut()
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            sockets.remove(to); // the other direction ended, or the line was cut
        }
        sockets.remove(from);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
