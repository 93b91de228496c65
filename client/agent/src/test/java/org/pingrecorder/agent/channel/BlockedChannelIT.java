package org.pingrecorder.agent.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.agent.recorder.ConnectProxy;
import org.pingrecorder.agent.recorder.ProxyChoice;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Register;

/** What there is on the way to a recorder. */
class BlockedChannelIT extends ChannelFixture {

    private static FullHttpResponse plans(FakeControl.Request request) {
        String effective = "/clients/c/plan/effective";
        if (request.method().equals("GET") && request.path().equals(effective)) {
            return "\"9\"".equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH))
                    ? FakeControl.status(304)
                    : FakeControl.json("{\"revision\":9,\"paused\":true,\"targets\":[]}", "\"9\"");
        }
        return FakeControl.status(request.path().equals("/clients/c/plan/ack") ? 204 : 400);
    }

    private static long count(FakeControl recorder, String method) {
        return recorder.requests().stream().filter(r -> r.method().equals(method)).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 403, 404, 426, 500, 502, 503})
    void blocked_planIsPolledAndAcknowledged(int status) throws Exception {
        FakeControl recorder = recorder();
        recorder.handshake(status);
        recorder.http(BlockedChannelIT::plans);
        start(recorder.uri(), QUICK);

        await().until(() -> count(recorder, "GET") >= 4);
        assertEquals(List.of(9L), orders.plans.stream().map(Plan::revision).toList());
        assertEquals(1, count(recorder, "POST"));
        FakeControl.Request ack =
                recorder.requests().stream()
                        .filter(r -> r.method().equals("POST"))
                        .findFirst()
                        .get();
        assertEquals("{\"revision\":9}", ack.body().replace("\"type\":\"ack\",", ""));

        recorder.handshake(101);
        awaitStatus(recorder, 1);
        assertEquals(9, recorder.received(Register.class).getFirst().planRevision());
    }

    @Test
    void blocked_ackThatIsNotTaken_comesAgain() throws Exception {
        FakeControl recorder = recorder();
        recorder.handshake(404);
        recorder.http(r -> r.method().equals("POST") ? FakeControl.status(503) : plans(r));
        start(recorder.uri(), QUICK);

        await().until(() -> count(recorder, "POST") >= 2);
        recorder.http(BlockedChannelIT::plans);
        await().until(
                        () ->
                                recorder.requests().stream()
                                        .anyMatch(
                                                r ->
                                                        r.headers()
                                                                .contains(
                                                                        HttpHeaderNames
                                                                                .IF_NONE_MATCH)));
    }

    @Test
    void cut_byWhatStandsBeforeARecorderThatIsAway_isTriedAsOften() throws Exception {
        ChannelTimes times =
                new ChannelTimes(
                        LONG,
                        LONG,
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        LONG,
                        LONG,
                        LONG,
                        LONG);
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket before = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(
                    () -> {
                        try {
                            while (true) {
                                before.accept().close();
                                connections.incrementAndGet();
                            }
                        } catch (IOException ended) {
                            return;
                        }
                    });
            start(URI.create("http://127.0.0.1:" + before.getLocalPort()), times);

            // A call over HTTP that is cut in an unlucky moment ends by its timeout of 10 s only.
            await().atMost(Duration.ofSeconds(60)).until(() -> connections.get() > 20);
        }
    }

    @Test
    void opened_butNothingComesThrough_isBlocked() throws Exception {
        FakeControl recorder = recorder();
        recorder.dead(true);
        recorder.http(BlockedChannelIT::plans);
        ChannelTimes times =
                new ChannelTimes(Duration.ofMillis(200), LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        start(recorder.uri(), times);

        await().until(() -> count(recorder, "POST") == 1);
        assertEquals(List.of(false), List.copyOf(orders.namesTaken));
    }

    @Test
    void blocked_nobodySetAPlan_nothingIsAcknowledged() throws Exception {
        FakeControl recorder = recorder();
        recorder.handshake(404);
        recorder.http(
                _ -> FakeControl.json("{\"revision\":0,\"paused\":false,\"targets\":[]}", "\"0\""));
        start(recorder.uri(), QUICK);

        await().until(() -> count(recorder, "GET") >= 3);
        assertEquals(0, count(recorder, "POST"));
    }

    @Test
    void proxy_onTheWay_isGoneThrough() throws Exception {
        FakeControl recorder = recorder();
        ConnectProxy proxy = new ConnectProxy(recorder.port());
        parts.add(proxy);
        // A name that only the proxy can reach.
        start(
                URI.create("http://recorder.invalid:5001"),
                QUICK,
                Optional.of(new ProxyChoice("127.0.0.1", proxy.port(), "u", "p")));

        awaitStatus(recorder, 1);
        assertTrue(proxy.heads().getFirst().startsWith("CONNECT recorder.invalid:5001 "));
        assertTrue(proxy.heads().getFirst().contains("authorization: Basic dTpw"));
    }

    @Test
    void proxy_thatRefusesToConnect_isBlocked() throws Exception {
        FakeControl proxy = recorder();
        proxy.http(_ -> FakeControl.status(403));
        ChannelTimes times =
                new ChannelTimes(Duration.ofSeconds(5), LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        start(
                URI.create("http://recorder.invalid:5001"),
                times,
                Optional.of(new ProxyChoice("127.0.0.1", proxy.port(), "", "")));

        // Once for the channel and once for the plan: it asks at once where it is blocked.
        await().until(() -> count(proxy, "CONNECT") >= 2);
        assertEquals("recorder.invalid:5001", proxy.requests().getFirst().path());
    }
}
