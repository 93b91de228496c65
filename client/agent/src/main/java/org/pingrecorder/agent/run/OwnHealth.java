package org.pingrecorder.agent.run;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pingrecorder.agent.delivery.DeliveryCounts;
import org.pingrecorder.agent.hostmetrics.Source;
import org.pingrecorder.agent.hostmetrics.Values;
import org.pingrecorder.agent.timetable.SlipHistogram;

/** How the client itself does, among its host's metrics. For one thread. */
final class OwnHealth implements Source {

    private static final double MICROS = 1_000;

    private final Supplier<DeliveryCounts> counts;
    private final LongSupplier missed;
    private final SlipHistogram.Reader slips;

    /**
     * Reads nothing yet.
     *
     * @param missed how many pings could not keep their slots, ever
     */
    OwnHealth(Supplier<DeliveryCounts> counts, LongSupplier missed, SlipHistogram slips) {
        this.counts = counts;
        this.missed = missed;
        this.slips = slips.new Reader();
    }

    @Override
    public void read(Values into) {
        DeliveryCounts now = counts.get();
        into.add("client_queued_pings", now.queued());
        into.add("client_delivered_pings", now.delivered());
        into.add("client_dropped_pings", now.dropped());
        into.add("client_missed_pings", missed.getAsLong());
        SlipHistogram.Summary slip = slips.take();
        if (slip.count() > 0) {
            into.add("client_slip_p99_ms", slip.p99Micros() / MICROS);
            into.add("client_slip_max_ms", slip.maxMicros() / MICROS);
        }
    }
}
