package org.pingrecorder.recorder.hostmetrics;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.metrics.MoreMetrics;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.wire.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest values of all hosts as gauges of Prometheus, labelled by client. Thread-safe. */
@Singleton
final class HostGauges implements MoreMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(HostGauges.class);

    /** About 5 MB of text. */
    static final int MOST_VALUES = 50_000;

    private static final String PREFIX = "ping_recorder_host_";

    private final HostStore store;
    private final InstantSource clock;

    HostGauges(HostStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void write(StringBuilder text) {
        Map<String, StringBuilder> lines = new TreeMap<>();
        int values = 0;
        int leftOut = 0;
        try {
            for (HostStore.Newest newest : store.newest(Hours.micros(clock.instant()))) {
                for (String name : newest.table().names()) {
                    if (values++ < MOST_VALUES) {
                        add(lines, newest.client(), name, newest.table().value(name, 0));
                    } else {
                        leftOut++;
                    }
                }
            }
        } catch (DatabaseException e) {
            LOG.debug("The hosts' metrics cannot be read.", e);
            text.append("# The hosts' metrics are left out: the database does not answer.\n");
            return;
        }
        lines.forEach(
                (name, of) -> text.append("# TYPE ").append(name).append(" gauge\n").append(of));
        text.append("# TYPE ping_recorder_hosts_left_out gauge\n")
                .append("ping_recorder_hosts_left_out ")
                .append(leftOut)
                .append('\n');
    }

    private static void add(
            Map<String, StringBuilder> lines, String client, String name, double value) {
        String bare = MetricName.bare(name);
        String label =
                bare.length() == name.length()
                        ? ""
                        : "," + name.substring(bare.length() + 1, name.length() - 1);
        lines.computeIfAbsent(PREFIX + bare, _ -> new StringBuilder())
                .append(PREFIX)
                .append(bare)
                .append("{client=\"")
                .append(client)
                .append('"')
                .append(label)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
