package org.pingrecorder.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.targets.Resolver;
import org.pingrecorder.agent.targets.TargetList;
import org.pingrecorder.agent.timetable.Coverage;
import org.pingrecorder.agent.timetable.GivenDecision;
import org.pingrecorder.agent.timetable.ManualClock;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.TargetsText;
import org.pingrecorder.wire.TargetsText.Target;

/** A change while an engine asks the timetable, whose time the test moves. */
class PingingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofMillis(5);
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    private record Sent(long handle, EchoTarget target, long nanos) {}

    private final ManualClock clock = new ManualClock();
    private final Coverage coverage = new Coverage();
    private final Timetable timetable = new Timetable("c", clock, coverage, new UnexpectedEvents());
    private final List<Sent> inFlight = new ArrayList<>();
    private final AtomicInteger woken = new AtomicInteger();
    private final RecorderClient recorder = new RecorderClient(NOBODY, Optional.empty());
    private boolean broken;
    private @Nullable Resolver resolver;
    private @Nullable Pinging made;

    @BeforeEach
    void make() throws IOException {
        resolver = new Resolver(clock, SECOND);
        made =
                new Pinging(
                        new TargetList(
                                List.of(Address.parse("192.0.2.1")),
                                null,
                                new Pace(SECOND, SECOND, Duration.ZERO),
                                Families.ANY),
                        resolver,
                        timetable,
                        new Registrar(
                                "c",
                                recorder,
                                new RecorderGate(NOBODY.toString(), Backoff.standard(), clock)),
                        EngineConfig.DEFAULT,
                        this::wake);
    }

    private void wake() {
        woken.incrementAndGet();
        if (broken) {
            throw new IllegalStateException("of the test");
        }
    }

    @AfterEach
    void close() {
        recorder.close();
        if (resolver != null) {
            resolver.close();
        }
    }

    private Pinging pinging() {
        if (made == null) {
            throw new IllegalStateException("not made");
        }
        return made;
    }

    private static List<Target> targets(String text) {
        return TargetsText.parse(text).targets();
    }

    /** One turn of the engine, which answers at the next. */
    private void turn() {
        inFlight.forEach(
                ping ->
                        timetable.decided(
                                GivenDecision.reply(ping.handle(), ping.target(), ping.nanos())));
        inFlight.clear();
        timetable.sendDue(
                clock.nanoTime(),
                (handle, target, _, _) -> inFlight.add(new Sent(handle, target, clock.nanoTime())));
        clock.pass(TURN);
    }

    private void turns(Duration time) {
        for (long i = 0; i < time.dividedBy(TURN); i++) {
            turn();
        }
    }

    @Test
    void apply_targets_arePingedBesideTheClientsOwnUntilTheyAreGone() {
        pinging().start();
        turns(SECOND.multipliedBy(3));
        pinging().apply(targets("192.0.2.2\n192.0.2.3 interval=500ms"), null, null, false);
        turns(SECOND.multipliedBy(4));
        pinging().apply(targets("192.0.2.3 interval=500ms"), null, null, false);
        turns(SECOND.multipliedBy(4));

        assertEquals(3, woken.get());
        coverage.assertExact();
        assertTrue(coverage.pings("192.0.2.1") >= 10);
        assertEquals(4, coverage.pings("192.0.2.2"));
        assertTrue(coverage.pings("192.0.2.3") >= 15);
        assertEquals(4, coverage.missing("192.0.2.2", "STOPPED", clock.epochMicros()));
    }

    @Test
    void apply_thatFailed_isDoneAgain() {
        pinging().start();
        broken = true;
        assertThrows(
                IllegalStateException.class,
                () -> pinging().apply(targets("192.0.2.2"), null, null, false));
        broken = false;

        pinging().apply(targets("192.0.2.2"), null, null, false);
        pinging().apply(targets("192.0.2.2"), null, null, false);

        assertEquals(3, woken.get());
    }

    @Test
    void apply_theSameAgain_disturbsNothing() {
        pinging().start();
        for (int i = 0; i < 100; i++) {
            pinging().apply(targets("192.0.2.2"), SECOND, null, false);
            turns(Duration.ofMillis(50));
        }
        assertEquals(2, woken.get());
        coverage.assertExact();
        assertTrue(coverage.pings("192.0.2.2") >= 4);
    }

    @Test
    void apply_pausedAndResumed_countsTheSlotsBetweenAsPaused() {
        pinging().start();
        turns(SECOND.multipliedBy(3));
        pinging().apply(targets("192.0.2.2"), null, null, true);
        turns(SECOND.multipliedBy(10));
        assertEquals(3, coverage.pings("192.0.2.1"));
        pinging().apply(targets("192.0.2.2"), null, null, false);
        turns(SECOND.multipliedBy(3));

        coverage.assertExact();
        assertEquals(6, coverage.pings("192.0.2.1"));
        assertEquals(10, coverage.missing("192.0.2.1", "PAUSED", clock.epochMicros()));
        assertEquals(3, coverage.pings("192.0.2.2"));
        assertEquals(10, coverage.missing("192.0.2.2", "PAUSED", clock.epochMicros()));
    }

    @Test
    void apply_badInterval_changesNothing() {
        pinging().start();
        assertThrows(
                IllegalArgumentException.class,
                () -> pinging().apply(targets("192.0.2.2"), Duration.ofMillis(1), null, true));
        turns(SECOND.multipliedBy(2));
        assertEquals(2, coverage.pings("192.0.2.1"));
        assertEquals(1, pinging().ips().size());
    }

    @Test
    void apply_byOthersAllTheTime_losesAndDoublesNoPing() throws Exception {
        pinging().start();
        CountDownLatch done = new CountDownLatch(2);
        for (int thread = 0; thread < 2; thread++) {
            Random random = new Random(thread);
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                for (int i = 0; i < 2_000; i++) {
                                    StringBuilder text = new StringBuilder();
                                    for (int ip = 2; ip < 30; ip++) {
                                        if (random.nextInt(3) > 0) {
                                            text.append("192.0.2.").append(ip).append('\n');
                                        }
                                    }
                                    pinging()
                                            .apply(
                                                    targets(text.toString()),
                                                    Duration.ofMillis(
                                                            200L * (1 + random.nextInt(3))),
                                                    null,
                                                    random.nextInt(5) == 0);
                                }
                                done.countDown();
                            });
        }
        while (done.getCount() > 0) {
            turn();
        }
        pinging().apply(targets("192.0.2.2"), SECOND, null, false);
        turns(SECOND.multipliedBy(3));

        coverage.assertExact();
        assertTrue(coverage.pings("192.0.2.1") >= 2);
    }
}
