package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.NetworkNamespace;
import org.pingrecorder.testnet.PrefixCounts;

/**
 * Ten thousand hosts that misbehave in every way, pinged every second: what the engine says of
 * them, beside what the far end saw and did. Every count is equal, and the table is printed.
 */
class OutcomesIT {

    private static final int HOSTS = 157;
    private static final int ROUNDS = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration START_DELAY = Duration.ofMillis(300);
    private static final long MEDIAN_ERROR_NANOS = 500_000;

    private NetworkNamespace namespace;
    private final GivenDelays given = new GivenDelays();
    private final RecordingListener listener = new RecordingListener();

    @BeforeAll
    static void needsRoot() {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
    }

    @BeforeEach
    void createNetwork() throws Exception {
        namespace = NetworkNamespace.create();
        namespace.allowDatagramIcmp();
    }

    @AfterEach
    void closeNetwork() {
        namespace.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DATAGRAM", "RAW"})
    void ping_tenThousandHostsOfAllKinds_everyCountIsThatOfTheFarEnd(Kind kind) throws Exception {
        long startNanos = System.nanoTime() + START_DELAY.toNanos();
        List<OutcomeRule> rules = OutcomeRules.all(kind, startNanos);
        RoundsSource source =
                new RoundsSource(
                        targets(rules),
                        ROUNDS,
                        startNanos,
                        BETWEEN,
                        OutcomeRules.TIMEOUT,
                        OutcomeRules.GRACE);
        EngineConfig config = RunningEngine.config(kind, 2);
        try (FarEnd farEnd = FarEnd.attach(namespace);
                IcmpEngine engine =
                        namespace.call(
                                () -> IcmpEngine.open(config, Clock.system(), source, listener))) {
            farEnd.listener(given);
            rules.forEach(rule -> rule.addTo(farEnd));
            RunningEngine.start(namespace, engine);
            RunningEngine.until(() -> listener.decided.size() == source.pings());
            RunningEngine.until(farEnd::isIdle);
            List<Tally> due =
                    rules.stream().map(r -> r.expected(farEnd::counts, ROUNDS * HOSTS)).toList();
            Tally total = due.stream().reduce(Tally::plus).orElseThrow();
            long inbound = due.stream().mapToLong(Tally::messages).sum();
            RunningEngine.until(() -> engine.counters().received() >= inbound);

            CountersEquation.check(engine.counters());
            List<Tally> told = told(due);
            print(kind, rules, told, engine.counters(), farEnd);
            assertAll(
                    IntStream.range(0, rules.size())
                            .mapToObj(
                                    i ->
                                            () ->
                                                    assertEquals(
                                                            due.get(i).line(rules.get(i).name()),
                                                            told.get(i)
                                                                    .line(rules.get(i).name()))));
            assertEquals(total, Tally.of(engine.counters()));
            assertDecisions(rules);
            assertChanceHadItsWay(rules, farEnd);
        }
    }

    private static List<EchoTarget> targets(List<OutcomeRule> rules) {
        List<EchoTarget> targets = new ArrayList<>();
        for (OutcomeRule rule : rules) {
            for (int host = 1; host <= HOSTS; host++) {
                targets.add(QueueSource.target(rule.host(host)));
            }
        }
        assertTrue(targets.size() >= 10_000);
        return targets;
    }

    private static int ruleOf(long handle, int rules) {
        return (int) (handle % (rules * (long) HOSTS)) / HOSTS;
    }

    /**
     * What the engine said of the pings to each rule. It cannot know which prefix a corrupted or
     * foreign message was meant to trouble, nor what arrived there: of these the sum is compared.
     */
    private List<Tally> told(List<Tally> due) {
        List<Tally> told = new ArrayList<>();
        due.forEach(tally -> told.add(tally.withoutDecisions()));
        for (Decided d : listener.decided) {
            int rule = ruleOf(d.handle(), due.size());
            told.set(rule, told.get(rule).plus(Tally.of(d.outcome())));
        }
        for (long handle : listener.duplicates) {
            int rule = ruleOf(handle, due.size());
            told.set(rule, told.get(rule).plus(Tally.DUPLICATE));
        }
        return told;
    }

    private void assertDecisions(List<OutcomeRule> rules) {
        for (Decided d : listener.decided) {
            OutcomeRule rule = rules.get(ruleOf(d.handle(), rules.size()));
            boolean replied = d.outcome() == Outcome.REPLY || d.outcome() == Outcome.LATE;
            String text = rule.name() + ": " + d;
            assertEquals(replied ? 61 : -1, d.ttl(), text);
            assertEquals(replied ? 64 : -1, d.replyBytes(), text);
            assertEquals(replied, d.rttNanos() > 0, text);
            assertEquals(
                    d.outcome() == Outcome.LATE,
                    d.rttNanos() > OutcomeRules.TIMEOUT.toNanos(),
                    text);
            assertEquals(
                    d.outcome() == Outcome.UNREACHABLE ? rule.reason() : "-1/-1 from null",
                    d.errorType() + "/" + d.errorCode() + " from " + d.errorFrom(),
                    text);
            assertEquals(d.outcome() == Outcome.SEND_ERROR ? "ENETUNREACH" : null, d.cause(), text);
        }
        long[] errors = latencyErrors();
        assertTrue(errors[errors.length / 2] <= MEDIAN_ERROR_NANOS);
    }

    /** How far each latency is from the delay that the far end really gave, ascending. */
    private long[] latencyErrors() {
        return listener.decided.stream()
                .filter(d -> d.rttNanos() > 0)
                .mapToLong(d -> Math.abs(d.rttNanos() - given.of(d.target(), d.sentAtNanos())))
                .sorted()
                .toArray();
    }

    /** A rule that loses nothing, or all, would prove nothing. */
    private static void assertChanceHadItsWay(List<OutcomeRule> rules, FarEnd farEnd) {
        for (OutcomeRule rule : rules) {
            if (rule.isPartlySilent()) {
                PrefixCounts c = farEnd.counts(rule.subnet());
                String text = rule.name() + ": " + c;
                assertTrue(c.unanswered() > 0 && c.unanswered() < c.requests(), text);
            }
            if (rule.name().contains("reordered")) {
                assertTrue(farEnd.counts(rule.subnet()).overtaken() > 0, rule.name());
            }
        }
    }

    private void print(
            Kind kind,
            List<OutcomeRule> rules,
            List<Tally> told,
            EngineCounters counters,
            FarEnd farEnd) {
        long[] errors = latencyErrors();
        StringBuilder table = new StringBuilder();
        table.append("\nOutcomes, %s sockets\n%s\n".formatted(kind, Tally.HEADINGS));
        for (int i = 0; i < rules.size(); i++) {
            table.append(told.get(i).line(rules.get(i).name())).append('\n');
        }
        table.append(Tally.of(counters).line("the engine's counters")).append('\n');
        table.append(
                "latency against the delay given: error p50 %.0f, p99 %.0f, max %.0f µs; far end: %s%n"
                        .formatted(
                                errors[errors.length / 2] / 1e3,
                                errors[errors.length * 99 / 100] / 1e3,
                                errors[errors.length - 1] / 1e3,
                                farEnd.lateness()));
        System.out.println(table);
    }
}
