package org.pingrecorder.recorder.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Registered;

/** A change of more clients than an announcement names reaches them at once all the same. */
class UnnamedChangesIT {

    private static final int MORE_THAN_ARE_NAMED = 10_000;

    @RegisterExtension
    static final TestRecorder RECORDER = TestRecorder.on(TestDatabase.create(), RarePace.SETTINGS);

    @Test
    void planChange_ofMoreClientsThanAreNamed_reachesEach() {
        try (Peer peer = Peer.register(RECORDER, "one-of-many", "i-1")) {
            assertNull(peer.next(Registered.class).plan());
            long revision =
                    RECORDER.database()
                            .number(
                                    """
                                    UPDATE client SET plan_revision = nextval('plan_revision')
                                    WHERE name = 'one-of-many' RETURNING plan_revision
                                    """);
            List<String> many =
                    IntStream.range(0, MORE_THAN_ARE_NAMED).mapToObj(i -> "client-" + i).toList();
            RECORDER.bean(Announcements.class).announce(PlanSource.TOPIC, many);
            assertEquals(revision, peer.next(Plan.class).revision());
        }
    }
}
