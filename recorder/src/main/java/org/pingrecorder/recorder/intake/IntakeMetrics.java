package org.pingrecorder.recorder.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Counts what comes in. Of pings whose request could be read: received = stored + refused +
 * duplicate + quarantined + failed + those that wait.
 */
final class IntakeMetrics {

    private final Counter received;
    private final Counter stored;
    private final Counter refused;
    private final Counter duplicate;
    private final Counter quarantined;
    private final Counter failed;
    private final Counter batches;

    IntakeMetrics(MeterRegistry metrics) {
        received =
                Counter.builder("ping_recorder.pings.received")
                        .description("Pings of requests that could be read")
                        .register(metrics);
        stored = result(metrics, "stored");
        refused = result(metrics, "refused");
        duplicate = result(metrics, "duplicate");
        quarantined = result(metrics, "quarantined");
        failed = result(metrics, "failed");
        batches =
                Counter.builder("ping_recorder.batches.stored")
                        .description("Batches of clients' spools stored")
                        .register(metrics);
    }

    private static Counter result(MeterRegistry metrics, String result) {
        return Counter.builder("ping_recorder.pings")
                .description("Pings taken in, by what became of them")
                .tag("result", result)
                .register(metrics);
    }

    void received(Delivery delivery) {
        received.increment(pings(delivery));
    }

    void failed(Delivery delivery) {
        failed.increment(pings(delivery));
    }

    /**
     * Counts a delivery that is durable.
     *
     * @param isNew for each of its batches
     */
    void stored(Delivery delivery, List<Boolean> isNew) {
        for (int i = 0; i < isNew.size(); i++) {
            Batch batch = delivery.batches().get(i);
            Batch.Tally tally = batch.tally();
            if (!isNew.get(i)) {
                duplicate.increment(tally.received());
                continue;
            }
            stored.increment(tally.stored());
            refused.increment(tally.refused());
            quarantined.increment(tally.quarantined());
            batches.increment(batch.spool() == null ? 0 : 1);
        }
    }

    private static int pings(Delivery delivery) {
        return delivery.batches().stream().mapToInt(batch -> batch.tally().received()).sum();
    }
}
