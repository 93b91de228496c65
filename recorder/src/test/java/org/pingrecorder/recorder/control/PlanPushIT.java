package org.pingrecorder.recorder.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Registered;

/** A plan is sent until the client says that it follows it. */
class PlanPushIT {

    /** Longer than any pause between two sendings of {@link FastPace}. */
    private static final long QUIET_MILLIS = 1_500;

    private static final AtomicInteger INTERVAL_MS = new AtomicInteger(1_000);

    @RegisterExtension
    static final TestRecorder RECORDER = TestRecorder.on(TestDatabase.create(), FastPace.SETTINGS);

    private static long change(String client) {
        return RECORDER.put(
                        "/clients/" + client + "/plan",
                        "{\"targets\":[],\"interval_ms\":" + INTERVAL_MS.incrementAndGet() + "}")
                .expect(200)
                .json()
                .at("revision")
                .number();
    }

    private static void isAcknowledged(String client, long revision) {
        await().until(
                        () -> {
                            Json row = RECORDER.get("/clients/" + client).expect(200).json();
                            return row.at("plan_revision").number() == revision
                                    && row.at("plan_acked").number() == revision;
                        });
    }

    private static Peer register(String client, long planRevision) {
        Peer peer = Peer.open(RECORDER);
        peer.send(Peer.registration(client, "i-1", planRevision));
        return peer;
    }

    private static @Nullable Plan planAtRegistration(Peer peer) {
        return peer.next(Registered.class).plan();
    }

    @Test
    void register_ofAClientThatFollowsAnotherPlan_isAnsweredWithIts() {
        long revision = change("new");
        try (Peer peer = register("new", 0)) {
            Plan plan = planAtRegistration(peer);
            assertNotNull(plan);
            assertEquals(revision, plan.revision());
            peer.send(new Ack(revision, null));
            isAcknowledged("new", revision);
            peer.nothingComesWithin(QUIET_MILLIS);
        }
        try (Peer peer = register("new", revision)) {
            assertNull(planAtRegistration(peer));
            peer.nothingComesWithin(QUIET_MILLIS);
        }
    }

    @Test
    void register_ofAClientThatFollowsItsPlan_acknowledgesIt() {
        long revision = change("follower");
        try (Peer peer = register("follower", revision)) {
            assertNull(planAtRegistration(peer));
            isAcknowledged("follower", revision);
        }
    }

    @Test
    void change_isSentAgainUntilItIsAcknowledged() {
        try (Peer peer = register("steered", 0)) {
            assertNull(planAtRegistration(peer));
            long first = change("steered");
            for (int i = 0; i < 4; i++) {
                assertEquals(first, peer.next(Plan.class).revision());
            }
            assertEquals(0, acknowledged("steered"));
            peer.send(new Ack(first, null));
            isAcknowledged("steered", first);
            long second = change("steered");
            Plan plan = peer.next(Plan.class);
            while (plan.revision() == first) { // one more was on its way
                plan = peer.next(Plan.class);
            }
            assertEquals(second, plan.revision());
            assertEquals(first, acknowledged("steered"));
            peer.send(new Ack(second, null));
            isAcknowledged("steered", second);
            peer.nothingComesWithin(QUIET_MILLIS);
        }
    }

    @Test
    void change_thatIsNotAcknowledged_isSentAtTheNextConnection() {
        long revision;
        try (Peer peer = register("back", 0)) {
            assertNull(planAtRegistration(peer));
            revision = change("back");
            peer.next(Plan.class);
        }
        try (Peer peer = register("back", 0)) {
            Plan plan = planAtRegistration(peer);
            assertNotNull(plan);
            assertEquals(revision, plan.revision());
        }
    }

    @Test
    void change_thatNobodyAnnounced_isSentAllTheSame() {
        try (Peer peer = register("missed", 0)) {
            assertNull(planAtRegistration(peer));
            long revision =
                    RECORDER.database()
                            .number(
                                    """
                                    UPDATE client SET plan_revision = nextval('plan_revision')
                                    WHERE name = 'missed' RETURNING plan_revision
                                    """);
            assertEquals(revision, peer.next(Plan.class).revision());
        }
    }

    @Test
    void register_ofAClientThatFollowsAPlanOfAnotherDatabase_isAnsweredWithNoneOfIts() {
        try (Peer peer = register("moved", 57)) {
            assertNull(planAtRegistration(peer));
            Plan plan = peer.next(Plan.class);
            assertTrue(plan.revision() > 57);
            assertEquals(List.of(), plan.targets());
            assertEquals(57, acknowledged("moved"));
            peer.send(new Ack(plan.revision(), null));
            isAcknowledged("moved", plan.revision());
        }
    }

    @Test
    void ackOfAnotherRevision_isStoredAndThePlanSentAgain() {
        try (Peer peer = register("stubborn", 0)) {
            assertNull(planAtRegistration(peer));
            long revision = change("stubborn");
            peer.next(Plan.class);
            peer.send(new Ack(revision - 1, null));
            await().until(() -> acknowledged("stubborn") == revision - 1);
            assertEquals(revision, peer.next(Plan.class).revision());
        }
    }

    private static long acknowledged(String client) {
        return RECORDER.get("/clients/" + client).expect(200).json().at("plan_acked").number();
    }
}
