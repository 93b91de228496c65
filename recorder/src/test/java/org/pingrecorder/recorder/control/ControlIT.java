package org.pingrecorder.recorder.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Status;

/** What the recorder knows of clients by their control channels. */
class ControlIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Json client(String name) {
        return RECORDER.get("/clients/" + name).expect(200).json();
    }

    private static String state(String name) {
        return client(name).at("state").text();
    }

    private static Optional<Json> conn(String name) {
        return RECORDER.get("/conns").expect(200).json().elements().stream()
                .filter(conn -> conn.at("client").text().equals(name))
                .findFirst();
    }

    @Test
    void secondClient_ofANameThatHasStopped_isTaken() {
        try (Peer first = Peer.register(RECORDER, "handed-on", "i-1")) {
            first.next(Registered.class);
            first.send(new Bye(1));
            first.next(ByeAck.class);
            try (Peer second = Peer.register(RECORDER, "handed-on", "i-2")) {
                second.next(Registered.class);
                assertEquals(1000, first.closeCode());
                assertEquals("connected", state("handed-on"));
            }
        }
    }

    @Test
    void register_isAnsweredAndShown() {
        Instant before = Instant.now();
        try (Peer peer = Peer.register(RECORDER, "known", "i-1")) {
            Registered registered = peer.next(Registered.class);
            assertEquals(10_000, registered.statusIntervalMs());
            assertNull(registered.plan());
            long nowUs = System.currentTimeMillis() * 1_000;
            assertTrue(Math.abs(nowUs - registered.timeUs()) < 60_000_000L);
            Json conn = conn("known").orElseThrow();
            assertEquals(registered.conn(), conn.at("conn").text());
            assertEquals("127.0.0.1", conn.at("address").text());
            assertEquals(
                    Json.of(
                            """
                            {"client":"known","state":"connected","address":"127.0.0.1",
                             "addresses":["192.0.2.10","2001:db8::10"],"installation":"i-1",
                             "version":"1.2.3","icmp":["datagram","raw"],"ipv4":true,"ipv6":false,
                             "most_pings_per_second":1000,"os":"Linux amd64","stopped_at":null,
                             "plan_revision":0,"plan_acked":0,"tags":[],"note":null,"ips":0}
                            """),
                    only(
                            client("known"),
                            "client",
                            "state",
                            "address",
                            "addresses",
                            "installation",
                            "version",
                            "icmp",
                            "ipv4",
                            "ipv6",
                            "most_pings_per_second",
                            "os",
                            "stopped_at",
                            "plan_revision",
                            "plan_acked",
                            "tags",
                            "note",
                            "ips"));
            Instant since = Instant.parse(client("known").at("state_since").text());
            assertTrue(since.isAfter(before.minusSeconds(1)));
            assertEquals(since, Instant.parse(client("known").at("connected_at").text()));
            for (String column : List.of("version", "icmp", "ipv4", "os", "addresses")) {
                assertEquals(client("known").at(column), conn.at(column));
            }
        }
    }

    private static Json only(Json object, String... fields) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            text.append(text.isEmpty() ? "{" : ",")
                    .append(Json.quote(field))
                    .append(':')
                    .append(object.at(field));
        }
        return Json.of(text.append('}').toString());
    }

    @Test
    void register_ofAnotherInstallationByThatName_isRefusedAndToldWhatToDo() {
        try (Peer first = Peer.register(RECORDER, "twice", "i-1")) {
            String conn = first.next(Registered.class).conn();
            try (Peer second = Peer.register(RECORDER, "twice", "i-2")) {
                Refused refused = second.next(Refused.class);
                assertTrue(refused.reason().contains("--client"), refused::reason);
                assertTrue(refused.reason().contains("CLIENT_NAME"), refused::reason);
                assertTrue(refused.reason().contains("127.0.0.1"), refused::reason);
                assertTrue(refused.waitMs() >= 10_000);
                assertTrue(refused.nameTaken());
                assertEquals(1008, second.closeCode());
            }
            assertEquals(conn, conn("twice").orElseThrow().at("conn").text());
            first.send(new Bye(1));
            first.next(ByeAck.class);
        }
    }

    @Test
    void register_ofTheSameInstallation_takesThePlaceOfTheOldConnection() {
        try (Peer first = Peer.register(RECORDER, "again", "i-1")) {
            String old = first.next(Registered.class).conn();
            try (Peer second = Peer.register(RECORDER, "again", "i-1")) {
                String now = second.next(Registered.class).conn();
                assertNotEquals(old, now);
                assertEquals(1000, first.closeCode());
                assertEquals(now, conn("again").orElseThrow().at("conn").text());
                assertEquals("connected", state("again"));
            }
        }
    }

    @Test
    void connection_thatEndsWithoutAWord_isLostAndItsNameIsFree() {
        try (Peer first = Peer.register(RECORDER, "lost", "i-1")) {
            first.next(Registered.class);
        }
        await().until(() -> state("lost").equals("lost"));
        Instant since = Instant.parse(client("lost").at("state_since").text());
        assertFalse(since.isAfter(Instant.now()));
        assertTrue(conn("lost").isEmpty());
        try (Peer second = Peer.register(RECORDER, "lost", "i-2")) {
            second.next(Registered.class);
            assertEquals("connected", state("lost"));
        }
    }

    @Test
    void clientThatWasLost_isSoSinceItsLastWordInAnyWay() {
        try (Peer peer = Peer.register(RECORDER, "uploader", "i-1")) {
            peer.next(Registered.class);
        }
        await().until(() -> state("uploader").equals("lost"));
        RECORDER.database()
                .execute(
                        """
                        UPDATE conn SET ended_at = '2026-01-01T00:00:00Z' WHERE client = 'uploader';
                        UPDATE client SET last_seen = '2026-01-01T00:00:08Z'
                        WHERE name = 'uploader'
                        """);
        assertEquals(
                Instant.parse("2026-01-01T00:00:08Z"),
                Instant.parse(client("uploader").at("state_since").text()));
    }

    @Test
    void bye_isConfirmedAndTheClientIsStoppedUntilItRegistersAgain() {
        try (Peer peer = Peer.register(RECORDER, "polite", "i-1")) {
            peer.next(Registered.class);
            peer.send(new Bye(System.currentTimeMillis() * 1_000));
            peer.next(ByeAck.class);
            assertEquals("stopped", state("polite"));
            assertTrue(conn("polite").isEmpty());
            String stoppedAt = client("polite").at("stopped_at").text();
            peer.send(new Bye(System.currentTimeMillis() * 1_000));
            peer.next(ByeAck.class);
            assertEquals(stoppedAt, client("polite").at("stopped_at").text());
            assertEquals(stoppedAt, client("polite").at("state_since").text());
        }
        await().until(
                        () ->
                                RECORDER.database()
                                                .number(
                                                        "SELECT count(*) FROM conn WHERE client ="
                                                                + " 'polite' AND ended_at IS NOT"
                                                                + " NULL")
                                        == 1);
        assertEquals("stopped", state("polite"));
        try (Peer back = Peer.register(RECORDER, "polite", "i-1")) {
            back.next(Registered.class);
            assertEquals("connected", state("polite"));
            assertNull(client("polite").at("stopped_at").value());
        }
    }

    @Test
    void status_isShown() {
        try (Peer peer = Peer.register(RECORDER, "telling", "i-1")) {
            peer.next(Registered.class);
            assertNull(client("telling").at("spooled_pings").value());
            peer.send(new Status(90_000_000, 500, 12, 3, true, 30_000_000L));
            await().until(() -> client("telling").at("pinged_ips").value() != null);
            Instant since = Instant.parse(client("telling").at("cut_off_since").text());
            Instant minuteAgo = Instant.now().minusSeconds(60);
            assertTrue(since.isAfter(minuteAgo.minusSeconds(30)), since::toString);
            assertTrue(since.isBefore(minuteAgo.plusSeconds(1)), since::toString);
            assertEquals(true, client("telling").at("cut_off").value());
            peer.send(new Status(91_000_000, 500, 12, 3, true, Long.MIN_VALUE));
            peer.send(new Status(92_000_000, 501, 0, 3, false, null));
            await().until(() -> client("telling").at("pinged_ips").number() == 501);
            assertNull(client("telling").at("cut_off_since").value());
            Json client = client("telling");
            assertEquals(501, client.at("pinged_ips").number());
            assertEquals(0, client.at("spooled_pings").number());
            assertEquals(3, client.at("dropped_pings").number());
            assertEquals(false, client.at("cut_off").value());
        }
    }

    @Test
    void state_ofClientsWithoutAChannel_saysWhatIsKnown() {
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\",\"client\":\"named\"}").expect(201);
        assertEquals("never_seen", state("named"));
        RECORDER.post("/record-ping/poster", "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}").expect(200);
        assertEquals("delivering", state("poster"));
        RECORDER.database()
                .execute(
                        "UPDATE client SET last_seen = now() - interval '2 min' WHERE name ="
                                + " 'poster'");
        assertEquals("silent", state("poster"));
    }

    @Test
    void state_ofAClientThatDeliversWithoutItsChannel_isDelivering() {
        try (Peer peer = Peer.register(RECORDER, "blocked", "i-1")) {
            peer.next(Registered.class);
        }
        await().until(() -> state("blocked").equals("lost"));
        RECORDER.database()
                .execute(
                        "UPDATE conn SET ended_at = now() - interval '20 s' WHERE client ="
                                + " 'blocked'");
        RECORDER.post("/record-ping/blocked", "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}")
                .expect(200);
        assertEquals("delivering", state("blocked"));
        assertNull(client("blocked").at("state_since").value());
    }

    @Test
    void connections_ofARecorderThatIsGone_areLostAndTheirNamesFree() {
        RECORDER.database()
                .execute(
                        """
                        INSERT INTO client (name) VALUES ('orphan');
                        INSERT INTO recorder (id, seen_at) VALUES ('dead', now() - interval '16 s');
                        INSERT INTO conn (client, id, recorder, installation, address, addresses,
                                          version, capabilities)
                        VALUES ('orphan', 'c', 'dead', 'i-1', '192.0.2.1', '{}', '1', '{}')
                        """);
        assertEquals("lost", state("orphan"));
        assertTrue(conn("orphan").isEmpty());
        try (Peer other = Peer.register(RECORDER, "orphan", "i-2")) {
            other.next(Registered.class);
            assertEquals("connected", state("orphan"));
        }
    }

    @Test
    void clock_ofAClientThatDeliveredNothingYet_isShown() {
        try (Peer peer = Peer.open(RECORDER)) {
            Register now = Peer.registration("slow-clock", "i-1", 0);
            peer.send(
                    new Register(
                            now.client(),
                            now.installation(),
                            now.addresses(),
                            now.timeUs() - 3_600_000_000L,
                            now.version(),
                            now.capabilities(),
                            0));
            peer.next(Registered.class);
            double offsetMs = client("slow-clock").at("clock_offset_ms").node().getDoubleValue();
            assertTrue(offsetMs > 3_500_000, () -> "offset " + offsetMs);
        }
    }
}
