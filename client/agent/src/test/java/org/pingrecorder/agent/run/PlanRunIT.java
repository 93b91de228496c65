package org.pingrecorder.agent.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.Source;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.PlanTarget;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Status;

/** A whole client that follows plans. */
class PlanRunIT extends ClientRunFixture {

    private static Plan plan(long revision, boolean paused, String... ips) {
        List<PlanTarget> targets =
                Stream.of(ips)
                        .map(ip -> new PlanTarget(ip, null, null, null, 100L, null, null))
                        .toList();
        return new Plan(revision, null, null, null, paused, targets);
    }

    private static long acked(FakeRecorder recorder) {
        return recorder.said(Ack.class).stream().mapToLong(Ack::revision).max().orElse(0);
    }

    private static @Nullable Long pinged(FakeRecorder recorder) {
        List<Status> said = recorder.said(Status.class);
        return said.isEmpty() ? null : said.getLast().ips();
    }

    private static void awaitPinged(FakeRecorder recorder, long ips) {
        await().until(() -> Long.valueOf(ips).equals(pinged(recorder)));
    }

    private static long gaps(FakeRecorder recorder, String reason) {
        return recorder.batches().stream()
                .flatMap(batch -> batch.gaps().stream())
                .filter(gap -> reason.equals(gap.get("reason")))
                .count();
    }

    @Test
    void plan_addsRemovesPausesAndResumes() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder()) {
            recorder.plan(plan(3, false, "127.0.0.2", "127.0.0.1"));
            ClientRun run = start(recorder.uri(), null, "127.0.0.1");
            await().until(() -> count(recorder, "127.0.0.1") > 2);
            await().until(() -> count(recorder, "127.0.0.2") > 2);
            awaitPinged(recorder, 2);
            Register register = recorder.said(Register.class).getFirst();
            assertEquals("c", register.client());
            assertTrue(register.capabilities().ipv4());

            recorder.plan(plan(4, true, "127.0.0.2"));
            awaitPinged(recorder, 0);
            assertEquals(4, acked(recorder));
            // What was under way or open at the pause is delivered; then nothing comes any more.
            await().until(() -> run.queued() == 0);
            await().until(() -> gaps(recorder, "paused") == 2);
            long posts = recorder.stored().size();
            recorder.plan(plan(5, true, "127.0.0.3"));
            await().until(() -> acked(recorder) == 5);

            recorder.plan(plan(6, false, "127.0.0.3"));
            awaitPinged(recorder, 2);
            long two = count(recorder, "127.0.0.2");
            await().until(() -> count(recorder, "127.0.0.3") > 2);
            await().until(() -> recorder.stored().size() > posts + 6);
            assertEquals(two, count(recorder, "127.0.0.2"));

            run.stop();
            assertEquals(1, recorder.said(Bye.class).size());
            assertEquals(0, run.queued());
        }
    }

    @Test
    void start_withoutAnyTarget_waitsForAPlan() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder()) {
            start(recorder.uri(), null);
            awaitPinged(recorder, 0);

            recorder.plan(plan(3, false, "127.0.0.2"));

            await().until(() -> count(recorder, "127.0.0.2") > 2);
        }
    }

    @Test
    void start_noRecorderInSight_followsTheLastPlan() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (FakeRecorder recorder = new FakeRecorder(port)) {
            recorder.plan(plan(3, false, "127.0.0.2"));
            ClientRun first = start(recorder.uri(), null);
            await().until(() -> acked(recorder) == 3);
            first.stop();
        }

        ClientRun second = start(URI.create("http://127.0.0.1:" + port), null);
        await().until(() -> second.queued() > 5);

        try (FakeRecorder recorder = new FakeRecorder(port)) {
            await().until(() -> count(recorder, "127.0.0.2") > 5);
            await().until(() -> !recorder.said(Register.class).isEmpty());
            assertEquals(3, recorder.said(Register.class).getFirst().planRevision());
            second.stop();
        }
    }

    @Test
    void nameTaken_listIsLeftToTheOtherClient() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder()) {
            NewIp others = new NewIp("127.0.0.9", null, "c", null, Source.CLIENT);
            recorder.registered().put(PingedIp.key(others.ip(), others.family()), others);
            recorder.nameTaken(true);
            start(recorder.uri(), null, "127.0.0.1");

            await().until(() -> count(recorder, "127.0.0.1") > 2);
            await().until(() -> recorder.said(Register.class).size() > 1);
            assertEquals(Set.of(others), Set.copyOf(recorder.registered().values()));

            recorder.nameTaken(false);
            await().until(() -> recorder.registered().size() == 2);
            await().until(
                            () ->
                                    recorder.registered().values().stream()
                                            .anyMatch(ip -> ip.source() == Source.POST));
        }
    }

    @Test
    void start_planUnreadable_pingsItsOwnTargets() throws Exception {
        Files.createDirectories(folder.resolve("data/c"));
        Files.writeString(folder.resolve("data/c/plan.json"), "{");
        try (FakeRecorder recorder = new FakeRecorder()) {
            start(recorder.uri(), null, "127.0.0.1");

            await().until(() -> count(recorder, "127.0.0.1") > 2);
            assertFalse(Files.exists(folder.resolve("data/c/plan.json")));
        }
    }
}
