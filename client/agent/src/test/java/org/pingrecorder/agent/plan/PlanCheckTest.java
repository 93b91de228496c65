package org.pingrecorder.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.TargetSettings;
import org.pingrecorder.wire.TargetsText.Target;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.PlanTarget;

class PlanCheckTest {

    private static final PlanBounds BOUNDS = new PlanBounds(100, Duration.ofSeconds(1), () -> 50);

    private static PlanTarget target(String ip) {
        return new PlanTarget(ip, null, null, null, null, null, null);
    }

    private static PlanTarget every(String ip, @Nullable Long intervalMs) {
        return new PlanTarget(ip, null, null, null, intervalMs, null, null);
    }

    private static CheckedPlan check(PlanTarget... targets) {
        return PlanCheck.check(new Plan(7, null, null, null, false, List.of(targets)), BOUNDS);
    }

    private static List<String> addresses(CheckedPlan plan) {
        return plan.targets().stream().map(Target::address).map(Address::text).toList();
    }

    @Test
    void check_everythingSet_isTaken() {
        PlanTarget full =
                new PlanTarget(
                        "A.example.",
                        Family.IPV6,
                        " Web server ",
                        List.of("core"),
                        500L,
                        60_000L,
                        0L);

        CheckedPlan plan =
                PlanCheck.check(new Plan(7, 2_000L, 10L, 5_000L, true, List.of(full)), BOUNDS);

        assertEquals(
                new CheckedPlan(
                        7,
                        true,
                        new TargetSettings(
                                Duration.ofSeconds(2), Duration.ofMillis(10), null, null),
                        Duration.ofSeconds(5),
                        List.of(
                                new Target(
                                        Address.parse("a.example"),
                                        "Web server",
                                        new TargetSettings(
                                                Duration.ofMillis(500),
                                                Duration.ofSeconds(60),
                                                Duration.ZERO,
                                                Families.IPV6))),
                        List.of()),
                plan);
    }

    @Test
    void check_nameWithoutFamily_isOneIpWhateverTheClientsOwnSettingSays() {
        assertEquals(
                Families.ANY,
                check(target("a.example")).targets().getFirst().settings().families());
    }

    @Test
    void check_badTargets_areNamedAndTheOthersFollowed() {
        CheckedPlan plan =
                check(
                        target("192.0.2.300"),
                        target("192.0.2.1"),
                        every("192.0.2.2", 99L),
                        every("192.0.2.3", -5L),
                        every("192.0.2.4", 3_600_001L),
                        new PlanTarget("192.0.2.5", null, "\u0007", null, null, null, null),
                        new PlanTarget("192.0.2.6", null, null, null, null, 9L, null),
                        new PlanTarget("192.0.2.7", null, null, null, null, null, 60_001L),
                        new PlanTarget("192.0.2.8", Family.IPV4, null, null, null, null, null),
                        target("192.0.2.1"),
                        target("192.0.2.9"));

        assertEquals(List.of("192.0.2.1", "192.0.2.9"), addresses(plan));
        assertEquals(9, plan.problems().size(), plan.problems().toString());
        assertEquals(
                "192.0.2.2: left out: interval: 99ms is out of bounds: write 100ms to 1h",
                plan.problems().get(1));
        assertEquals("192.0.2.1: is there twice, the first one counts", plan.problems().getLast());
    }

    @Test
    void check_bothHalvesOfAName_areTwo() {
        CheckedPlan plan =
                check(
                        new PlanTarget("a.example", Family.IPV4, null, null, null, null, null),
                        new PlanTarget("a.example", Family.IPV6, null, null, null, null, null),
                        new PlanTarget("a.example", Family.IPV6, null, null, null, null, null));

        assertEquals(2, plan.targets().size());
        assertEquals(1, plan.problems().size());
    }

    @Test
    void check_badSettingsOfThePlan_leaveTheClientsOwn() {
        CheckedPlan plan = PlanCheck.check(new Plan(7, 1L, 0L, null, false, List.of()), BOUNDS);

        assertNull(plan.usual().interval());
        assertNull(plan.usual().timeout());
        assertEquals(2, plan.problems().size());
        assertEquals(
                "the client's own counts: interval: 1ms is out of bounds: write 100ms to 1h",
                plan.problems().getFirst());
    }

    @Test
    void check_manyProblems_areCounted() {
        CheckedPlan plan =
                check(
                        IntStream.range(0, 1_000)
                                .mapToObj(_ -> target("a..b"))
                                .toArray(PlanTarget[]::new));

        assertEquals(PlanCheck.MOST_PROBLEMS + 1, plan.problems().size());
        assertEquals("and 980 more", plan.problems().getLast());
    }

    @Test
    void check_rate_isBoundedAtTheIntervalThatHoldsForEach() {
        List<PlanTarget> targets = new ArrayList<>();
        targets.add(every("192.0.2.250", 100L)); // 10 a second
        IntStream.range(0, 200).forEach(i -> targets.add(target("192.0.2." + i)));

        CheckedPlan atTheClients =
                PlanCheck.check(new Plan(7, null, null, null, false, targets), BOUNDS);
        CheckedPlan atThePlans =
                PlanCheck.check(new Plan(7, 500L, null, null, false, targets), BOUNDS);

        assertEquals(1 + 90, atTheClients.targets().size());
        assertEquals(1 + 45, atThePlans.targets().size());
        assertEquals(
                List.of(
                        "110 of 201 targets left out: this client's max-rate is 100 pings a"
                                + " second"),
                atTheClients.problems());
        assertTrue(addresses(atTheClients).contains("192.0.2.89"));
    }

    @Test
    void check_intervalAtWhichOwnTargetsAreTooMany_isNotFollowed() {
        CheckedPlan half = PlanCheck.check(new Plan(7, 500L, null, null, false, List.of()), BOUNDS);
        CheckedPlan less = PlanCheck.check(new Plan(7, 499L, null, null, false, List.of()), BOUNDS);

        assertEquals(Duration.ofMillis(500), half.usual().interval());
        assertNull(less.usual().interval());
        assertEquals(
                List.of(
                        "the client's own counts: interval: 50 targets of its own would be more"
                                + " than max-rate, 100 pings a second"),
                less.problems());
    }

    @Test
    void check_rateOfOne_isToldInTheSingular() {
        Plan plan =
                new Plan(
                        7,
                        null,
                        null,
                        null,
                        false,
                        List.of(target("192.0.2.1"), target("192.0.2.2")));

        assertEquals(
                List.of("1 of 2 targets left out: this client's max-rate is 1 ping a second"),
                PlanCheck.check(plan, new PlanBounds(1, Duration.ofSeconds(1), () -> 0))
                        .problems());
    }

    @Test
    void check_rateAtItsBound_isKept() {
        PlanTarget[] targets =
                IntStream.range(0, 100)
                        .mapToObj(i -> target("192.0.2." + i))
                        .toArray(PlanTarget[]::new);

        assertEquals(List.of(), check(targets).problems());
    }
}
