package org.pingrecorder.agent.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Source;

class RecorderClientIT {

    private static final NewPing PING =
            new NewPing("192.0.2.7", 1.5, null, "2026-11-21T06:00:00Z", "reply");

    @Test
    void ips_registered_areReadBack() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder();
                RecorderClient client = new RecorderClient(recorder.uri(), Optional.empty())) {
            client.register(List.of(new NewIp("192.0.2.7", "c", "n", Source.CLIENT)));
            client.register(List.of(new NewIp("192.0.2.8", "d", null, Source.POST)));

            assertEquals("192.0.2.7", client.ips("c").getFirst().ip());
            assertEquals(2, client.ips(null).size());
        }
    }

    @Test
    void recordPing_throughAProxy_arrives() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder();
                ConnectProxy proxy = new ConnectProxy(recorder.port())) {
            ProxyChoice choice = new ProxyChoice("127.0.0.1", proxy.port(), "u", "p");
            // A name that only the proxy can reach.
            URI far = URI.create("http://recorder.invalid:5001");
            try (RecorderClient client = new RecorderClient(far, Optional.of(choice))) {
                client.recordPing("c", PING);
            }
            assertEquals(List.of(PING), recorder.stored());
            assertTrue(proxy.heads().getFirst().startsWith("CONNECT recorder.invalid:5001 "));
            assertTrue(proxy.heads().getFirst().contains("authorization: Basic dTpw"));
        }
    }

    @Test
    void recordPing_nobodyThere_isAway() {
        try (RecorderClient client =
                new RecorderClient(URI.create("http://127.0.0.1:9"), Optional.empty())) {
            var e = assertThrows(RecorderAwayException.class, () -> client.recordPing("c", PING));
            assertEquals("Connection refused", e.getMessage());
        }
        try (RecorderClient client =
                new RecorderClient(URI.create("http://no-such-host.invalid"), Optional.empty())) {
            var e = assertThrows(RecorderAwayException.class, () -> client.recordPing("c", PING));
            assertEquals("its host name does not resolve", e.getMessage());
        }
    }

    /** An HTTP proxy that takes every CONNECT to one port of this machine. */
    private static final class ConnectProxy implements AutoCloseable {

        private final ServerSocket socket =
                new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<String> heads = new CopyOnWriteArrayList<>();
        private final int to;

        ConnectProxy(int to) throws IOException {
            this.to = to;
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return socket.getLocalPort();
        }

        List<String> heads() {
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
}
