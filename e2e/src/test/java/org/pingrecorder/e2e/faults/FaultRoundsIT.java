package org.pingrecorder.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.NetworkNamespace;

/**
 * Everything dies in turn, at random moments, and after each time what the far end saw sent must be
 * in history, each ping once. {@code -Dfault.rounds=30} is the long form.
 */
final class FaultRoundsIT {

    private static final int ROUNDS = Integer.getInteger("fault.rounds", 1);
    private static final long SEED = Long.getLong("fault.seed", System.nanoTime());

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    private final Map<Fault, Tally> tallies = new EnumMap<>(Fault.class);
    private final Map<Fault, Double> longestSeconds = new EnumMap<>(Fault.class);

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void sentPings_whateverDies_areInHistoryOnce() throws Exception {
        Optional<String> reason = NetworkNamespace.skipReason();
        assumeTrue(reason.isEmpty(), reason.orElse(""));
        Random random = new Random(SEED);
        try (Site site = new Site(folder)) {
            Comparison comparison = new Comparison(site);
            long startMicros = SentLog.nowMicros();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> comparison.of(startMicros, SentLog.nowMicros()).stored() > 0);
            for (int round = 0; round < ROUNDS; round++) {
                for (Fault fault : Fault.values()) {
                    round(site, comparison, fault, random);
                }
            }
            Tally all = awaitRight(comparison, startMicros, SentLog.nowMicros());
            print(all, site);
            assertTrue(all.isRight(), () -> "in all: " + all.wrong());
            tallies.forEach(
                    (fault, tally) ->
                            assertTrue(tally.isRight(), () -> fault.text + ": " + tally.wrong()));
        }
    }

    private void round(Site site, Comparison comparison, Fault fault, Random random)
            throws Exception {
        long fromMicros = SentLog.nowMicros();
        Fault.pause(random, 700);
        fault.strike(site, random);
        Fault.pause(random, 300);
        long toMicros = SentLog.nowMicros();
        Tally tally = awaitRight(comparison, fromMicros, toMicros);
        tallies.merge(fault, tally, Tally::plus);
        double seconds = (SentLog.nowMicros() - toMicros) / 1e6;
        longestSeconds.merge(fault, seconds, Math::max);
        if (!tally.isRight()) {
            System.out.println(fault.text + ": " + tally.wrong());
        }
    }

    /** The tally as soon as it is right, or what it is when nothing more can be hoped for. */
    private static Tally awaitRight(Comparison comparison, long fromMicros, long toMicros) {
        AtomicReference<Tally> last = new AtomicReference<>(Tally.none());
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(
                            () -> {
                                last.set(comparison.of(fromMicros, toMicros));
                                return last.get().isRight();
                            });
        } catch (ConditionTimeoutException late) {
            System.out.println("still wrong after " + PATIENCE.toSeconds() + " s");
        }
        return last.get();
    }

    private void print(Tally all, Site site) {
        System.out.printf("%nFault rounds, -Dfault.seed=%d%n%s%n", SEED, Tally.head());
        tallies.forEach(
                (fault, tally) ->
                        System.out.println(
                                tally.line(
                                        fault.text,
                                        ROUNDS,
                                        longestSeconds.getOrDefault(fault, 0.0))));
        System.out.println(all.line("the whole time", ROUNDS, 0));
        System.out.printf(
                "Longest: from the fault's end until all was in history. Batches sent again and"
                        + " recognised: %d.%n%n",
                site.proxy().repeated());
    }
}
