package org.pingrecorder.agent.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.Receipt;
import org.pingrecorder.wire.Source;

class RecorderClientIT {

    /** Bytes: more than any buffer between the two takes unread. */
    private static final int MUCH = 48 << 20;

    private static final String SPOOL = "s";

    private static byte[] batch(int number) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            String json = "{\"spool\":\"" + SPOOL + "\",\"batch\":" + number + ",\"series\":[]}";
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return gzip.toByteArray();
    }

    @Test
    void ips_registered_areReadBack() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder();
                RecorderClient client = new RecorderClient(recorder.uri(), Optional.empty())) {
            client.register(List.of(new NewIp("192.0.2.7", null, "c", "n", Source.CLIENT)));
            client.register(List.of(new NewIp("192.0.2.8", null, "d", null, Source.POST)));

            assertEquals("192.0.2.7", client.ips("c").getFirst().ip());
            assertEquals(2, client.ips(null).size());
        }
    }

    @Test
    void recordPings_throughAProxy_arrives() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder();
                ConnectProxy proxy = new ConnectProxy(recorder.port())) {
            ProxyChoice choice = new ProxyChoice("127.0.0.1", proxy.port(), "u", "p");
            // A name that only the proxy can reach.
            URI far = URI.create("http://recorder.invalid:5001");
            try (RecorderClient client = new RecorderClient(far, Optional.of(choice))) {
                client.recordPings("c", batch(7), SPOOL, new long[] {7});
            }
            assertEquals(7, recorder.batches().getFirst().number());
            assertTrue(proxy.heads().getFirst().startsWith("CONNECT recorder.invalid:5001 "));
            assertTrue(proxy.heads().getFirst().contains("authorization: Basic dTpw"));
        }
    }

    private static List<Receipt> record(RecorderClient client, long... numbers) throws Exception {
        return client.recordPings("c", batch(1), SPOOL, numbers);
    }

    @Test
    void recordPings_receiptForAnotherBatch_isAway() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder();
                RecorderClient client = new RecorderClient(recorder.uri(), Optional.empty())) {
            assertEquals(1, record(client, 1).getFirst().batch());
            assertThrows(RecorderAwayException.class, () -> record(client, 2));
            assertThrows(RecorderAwayException.class, () -> record(client, 1, 2));
        }
    }

    @Test
    void recordPings_nobodyThere_isAway() {
        try (RecorderClient client =
                new RecorderClient(URI.create("http://127.0.0.1:9"), Optional.empty())) {
            var e = assertThrows(RecorderAwayException.class, () -> record(client, 1));
            assertEquals("Connection refused", e.getMessage());
        }
        try (RecorderClient client =
                new RecorderClient(URI.create("http://no-such-host.invalid"), Optional.empty())) {
            var e = assertThrows(RecorderAwayException.class, () -> record(client, 1));
            assertEquals("its host name does not resolve", e.getMessage());
        }
    }

    @Test
    @Timeout(20)
    void pings_lineThatCannotBeRead_givesUpTheRest() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> afterwards = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answerMuch(server, afterwards));
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
            try (RecorderClient client = new RecorderClient(uri, Optional.empty())) {
                assertThrows(
                        RecorderAwayException.class,
                        () -> client.pings(null, Instant.EPOCH, Instant.EPOCH, _ -> {}));

                assertEquals(MUCH, afterwards.get(5, TimeUnit.SECONDS), "nobody took the rest");
            }
        }
    }

    private static void answerMuch(ServerSocket server, CompletableFuture<Integer> afterwards) {
        try (Socket near = server.accept()) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) near.getInputStream().read());
            }
            List<String> lines =
                    List.of(
                            "HTTP/1.1 200 OK",
                            "Content-Type: application/x-ndjson",
                            "Transfer-Encoding: chunked",
                            "",
                            "6",
                            "hello\n",
                            Integer.toHexString(MUCH),
                            "");
            String answer = String.join("\r\n", lines);
            near.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            near.getOutputStream().write(new byte[MUCH]);
            afterwards.complete(MUCH);
        } catch (IOException closed) {
            // It need not be taken either.
            afterwards.complete(MUCH);
        }
    }

    /** A fault of this client's own is not the recorder's absence. */
    @Test
    void unanswered_bug_isThrownOn() {
        NullPointerException bug = new NullPointerException("x");
        assertSame(bug, assertThrows(NullPointerException.class, () -> Failures.unanswered(bug)));
    }
}
