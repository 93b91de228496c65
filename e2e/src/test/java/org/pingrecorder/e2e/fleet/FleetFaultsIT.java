package org.pingrecorder.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.e2e.JsonRow;
import org.pingrecorder.e2e.Rest;
import org.pingrecorder.testnet.NetworkNamespace;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;

/** What becomes of a fleet when parts of it stop or die. Its output is a diary. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FleetFaultsIT {

    private static final Set<String> SENT = Set.of("reply", "late", "timeout", "unreachable");

    private final List<Absence> absences = new ArrayList<>();
    private Fleet fleet;
    private Rest rest;

    /** A time in which a client did not run, to be looked at in the end. */
    private record Absence(Site site, Instant from, Instant to, String reason) {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Optional<String> reason = NetworkNamespace.skipReason();
        assumeTrue(reason.isEmpty(), reason.orElse(""));
        Diary.chapter("Three sites that ping a router of their own and the Internet");
        fleet = new Fleet(folder);
        rest = fleet.first().rest();
        for (Site site : fleet.sites()) {
            Watch.awaitState(rest, site.name(), ClientState.CONNECTED);
            String plan =
                    "{\"interval_ms\":200,\"targets\":[{\"ip\":\"%s\"}]}".formatted(Fleet.INTERNET);
            rest.call("PUT", "/clients/" + site.name() + "/plan", plan);
        }
        for (Site site : fleet.sites()) {
            Watch.awaitAcknowledged(rest, site.name());
            Watch.awaitPing(rest, site.name(), Fleet.INTERNET, Instant.EPOCH);
            Watch.awaitPing(rest, site.name(), Site.ROUTER, Instant.EPOCH);
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
    }

    /** Waits for a connection that began later; returns how the client stands. */
    private Client awaitConnected(Site site, Instant after) {
        Watch.soon()
                .until(
                        () -> {
                            Client client = rest.client(site.name());
                            return client.state() == ClientState.CONNECTED
                                    && connectedAt(client).isAfter(after);
                        });
        Client client = Watch.awaitState(rest, site.name(), ClientState.CONNECTED);
        Diary.tell(
                "It has come back %s after that, from %s.",
                Diary.seconds(after, connectedAt(client)), client.address());
        return client;
    }

    private static Instant connectedAt(Client client) {
        return Objects.requireNonNull(client.connectedAt());
    }

    private void assertWhole(Site site, String ip, Instant from, Instant to) {
        Kept kept = Watch.awaitWhole(rest, site.name(), ip, from, to);
        Diary.tell("The history of %s at %s: %s.", ip, site.name(), kept);
        assertTrue(kept.isWhole(), kept::toString);
    }

    @Test
    @Order(1)
    void recorder_killed_isMissedByNobodyForLong() throws Exception {
        Diary.chapter("The second recorder is killed (kill -9), and started again");
        Instant from = Instant.now();
        fleet.second().kill();
        Instant killed = Instant.now();
        Diary.tell("Killed. Lima and Pune have nobody to report to.");
        fleet.second().start();
        Diary.tell("It runs again.");
        for (Site site : List.of(fleet.lima(), fleet.pune())) {
            awaitConnected(site, killed);
        }
        Instant to = Instant.now();
        for (Site site : fleet.sites()) {
            assertWhole(site, Site.ROUTER, from, to);
        }
    }

    @Test
    @Order(2)
    void client_stoppedInGoodOrder_isStoppedAndNotLost() throws Exception {
        Diary.chapter("Pune is stopped in good order (SIGTERM), and started again");
        Instant from = Instant.now();
        assertEquals(0, fleet.pune().client().terminate());
        Diary.tell("Its last word: %s", fleet.pune().client().output().lines().toList().getLast());
        Client stopped = Watch.awaitState(rest, "pune", ClientState.STOPPED);
        assertTrue(Objects.requireNonNull(stopped.stoppedAt()).isAfter(from));
        Instant again = Instant.now();
        fleet.pune().startClient();
        awaitConnected(fleet.pune(), again);
        Watch.awaitPing(rest, "pune", Site.ROUTER, again);
        absences.add(new Absence(fleet.pune(), from, Instant.now(), "stopped"));
    }

    @Test
    @Order(3)
    void silence_ofSiteCutOffAndOfClientKilled_isLossUntilTheyAreBack() throws Exception {
        Diary.chapter("Lima's uplink is cut; Pune's client is killed (kill -9)");
        Instant from = Instant.now();
        long echoes = fleet.lima().echoRequests();
        fleet.lima().cut();
        fleet.pune().client().kill();
        Instant silentSince = Instant.now();
        Watch.awaitState(rest, "pune", ClientState.LOST);
        Client lost = Watch.awaitState(rest, "lima", ClientState.LOST);
        assertTrue(Objects.requireNonNull(lost.stateSince()).isBefore(silentSince.plusSeconds(1)));
        Diary.tell(
                "Meanwhile hosts at Lima were pinged %d times.",
                fleet.lima().echoRequests() - echoes);

        Instant back = Instant.now();
        fleet.lima().join();
        fleet.pune().startClient();
        Diary.tell("Lima's uplink is back, and Pune's client is started.");
        awaitConnected(fleet.pune(), back);
        awaitConnected(fleet.lima(), back);
        Instant to = Instant.now();
        assertWhole(fleet.lima(), Site.ROUTER, from, to);
        assertWhole(fleet.lima(), Fleet.INTERNET, from, to);
        List<JsonRow> outages = rest.rows("/outages?client=lima&start=" + from);
        outages.forEach(outage -> Diary.tell("An outage: %s", outage));
        assertEquals(
                List.of(Fleet.INTERNET),
                outages.stream().map(outage -> outage.text("ip")).distinct().toList(),
                "the router at Lima was never away");
        Watch.awaitPing(rest, "pune", Site.ROUTER, back);
        absences.add(new Absence(fleet.pune(), from, to, "not_running"));
    }

    @Test
    @Order(4)
    void restart_whileTheRecorderHoldsTheOldConnection_isRecognised() throws Exception {
        Diary.chapter("A power cut at Oslo, which has another address afterwards");
        Instant from = Instant.now();
        fleet.oslo().cut();
        fleet.oslo().client().kill();
        String address = fleet.oslo().move();
        fleet.oslo().join();
        Client before = Watch.awaitState(rest, "oslo", ClientState.CONNECTED);
        assertEquals("10.77.1.2", before.address());
        Diary.tell("The recorder does not know yet that Oslo is gone.");
        Instant again = Instant.now();
        fleet.oslo().startClient();
        Client client = awaitConnected(fleet.oslo(), again);
        assertEquals(address, client.address());
        assertFalse(fleet.oslo().client().output().contains("refuses"));
        Diary.tell("It was not refused: by its installation it is the same client.");
        Watch.awaitPing(rest, "oslo", Site.ROUTER, again);
        absences.add(new Absence(fleet.oslo(), from, Instant.now(), "not_running"));
    }

    @Test
    @Order(5)
    void siteThatKnowsItIsCutOff_holdsNothingAgainstItsTargets() throws Exception {
        Diary.chapter("Oslo's uplink is cut; its client asks its gateway and knows");
        Instant from = Instant.now();
        fleet.oslo().cut();
        String told =
                fleet.oslo()
                        .client()
                        .await(Pattern.compile("cut off from the network since .*"))
                        .match()
                        .group();
        Diary.tell("The client says: %s", told);
        fleet.oslo().join();
        Diary.tell("The uplink is back.");
        fleet.oslo().client().await(Pattern.compile("no longer cut off"));
        Instant to = Instant.now();
        assertWhole(fleet.oslo(), Fleet.INTERNET, from, to);
        List<JsonRow> outages = rest.rows("/outages?client=oslo&start=" + from);
        outages.forEach(outage -> Diary.tell("Not an outage of its own: %s", outage));
        assertEquals(
                List.of(Fleet.INTERNET + " cut_off"),
                outages.stream()
                        .map(outage -> outage.text("ip") + " " + outage.text("cause"))
                        .distinct()
                        .toList());
    }

    @Test
    @Order(6)
    void books_inTheEnd_areRight() throws Exception {
        Diary.chapter("The books");
        for (Absence absence : absences) {
            String asked =
                    "/completeness?client=%s&ip=%s&start=%s&end=%s"
                            .formatted(absence.site.name(), Site.ROUTER, absence.from, absence.to);
            long slots =
                    Kept.of(rest, absence.site.name(), Site.ROUTER, absence.from, absence.to)
                            .slots();
            Watch.soon().until(() -> rest.rows(asked).getFirst().number("expected") == slots);
            JsonRow row = rest.rows(asked).getFirst();
            Diary.tell("%s was away: %s", absence.site.name(), row);
            assertTrue(row.number(absence.reason) > 0, row::toString);
            assertEquals(0, row.number("unknown"), row::toString);
            assertEquals(0, row.number("not_delivered"), row::toString);
        }
        rest.call("PATCH", "/clients/lima/plan", "{\"paused\":true}");
        Watch.awaitAcknowledged(rest, "lima");
        long seen = fleet.lima().echoRequests();
        Watch.soon().until(() -> stored("lima") == seen);
        Diary.tell(
                "Hosts at Lima were pinged %d times in all by their own count, and so often by"
                        + " history's.",
                seen);
    }

    /** Pings of a site's own hosts that were sent. */
    private long stored(String client) throws Exception {
        return rest.pings("client=" + client).stream()
                .filter(ping -> Site.isLocal(ping.ip()) && SENT.contains(ping.outcome()))
                .count();
    }
}
