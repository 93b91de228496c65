package org.pingrecorder.agent.recorder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that takes every CONNECT to one port of this machine. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final int to;

    public ConnectProxy(int to) throws IOException {
        this.to = to;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<String> heads() {
        return heads;
    }

    private void accept() {
        try {
            while (true) {
                Socket near = socket.accept();
                Thread.ofVirtual().start(() -> serve(near));
            }
        } catch (IOException closed) {
            heads.add("closed");
        }
    }

    private void serve(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to)) {
            StringBuilder head = new StringBuilder();
            InputStream in = near.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            heads.add(head.toString());
            OutputStream out = near.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread back = Thread.ofVirtual().start(() -> copy(far, near));
            in.transferTo(far.getOutputStream());
            far.shutdownOutput();
            back.join();
        } catch (IOException | InterruptedException e) {
            heads.add(e.toString());
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            heads.add(e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
