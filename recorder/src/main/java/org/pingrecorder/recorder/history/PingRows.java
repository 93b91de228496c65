package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;

/** The pings of one client's ips in a window, by ip and time. */
final class PingRows implements Rows<PingRows.Row> {

    private final Connection connection;
    private final Filter filter;
    private final @Nullable Position after;
    private final Map<Long, Target> targets = new HashMap<>();

    /** Ips that are read together: the one that the last page ended in, and the others. */
    private final Deque<List<Long>> legs = new ArrayDeque<>();

    private @Nullable SampleReader reader;
    private @Nullable Target target;
    private Samples samples = new Samples();
    private int index;
    private long lastMicros = Long.MIN_VALUE;
    private long ordinal;

    /**
     * A ping and its place.
     *
     * @param ordinal how many pings of its ip with the same time come before it
     */
    record Row(Target target, Samples samples, int index, long ordinal) {

        StoredPing ping() {
            return StoredPing.of(target, samples, index);
        }

        Position position() {
            return new Position(target.client(), target.ipId(), samples.atMicros(index), ordinal);
        }
    }

    /**
     * Reads when it is asked to.
     *
     * @param after the last ping already known, be it another client's; null for all
     */
    PingRows(Connection connection, List<Target> targets, Filter filter, @Nullable Position after) {
        this.connection = connection;
        this.filter = filter;
        Target first = targets.getFirst();
        boolean goesOn =
                after != null
                        && after.client().equals(first.client())
                        && after.ipId() == first.ipId();
        this.after = goesOn ? after : null;
        List<Long> others = new ArrayList<>();
        for (Target each : targets) {
            this.targets.put(each.ipId(), each);
            others.add(each.ipId());
        }
        if (goesOn) {
            legs.add(List.of(others.removeFirst()));
        }
        if (!others.isEmpty()) {
            legs.add(others);
        }
    }

    @Override
    public @Nullable Row next() throws SQLException {
        while (true) {
            Target ofSamples = target;
            if (ofSamples == null || index == samples.size()) {
                if (!nextHour()) {
                    return null;
                }
                continue;
            }
            long at = samples.atMicros(index);
            ordinal = at == lastMicros ? ordinal + 1 : 0;
            lastMicros = at;
            Row row = new Row(ofSamples, samples, index++, ordinal);
            if (!isKnown(row)) {
                return row;
            }
        }
    }

    private boolean isKnown(Row row) {
        return after != null
                && row.target().ipId() == after.ipId()
                && lastMicros == after.atMicros()
                && row.ordinal() <= after.ordinal();
    }

    private boolean nextHour() throws SQLException {
        while (true) {
            SampleReader open = reader;
            if (open == null) {
                List<Long> ids = legs.poll();
                if (ids == null) {
                    return false;
                }
                Target any = Objects.requireNonNull(targets.get(ids.getFirst()));
                long start = filter.startMicros();
                if (after != null && ids.getFirst() == after.ipId()) {
                    start = Math.max(start, after.atMicros());
                }
                open =
                        SampleReader.of(
                                connection,
                                SampleSpan.of(any.client(), ids, start, filter.endMicros()));
                reader = open;
            }
            SampleReader.IpHour hour = open.next();
            if (hour != null) {
                Target next = targets.get(hour.ipId());
                if (target == null || target.ipId() != hour.ipId()) {
                    lastMicros = Long.MIN_VALUE;
                }
                target = next;
                samples = hour.samples();
                index = 0;
                return true;
            }
            open.close();
            reader = null;
        }
    }

    @Override
    public void close() throws SQLException {
        if (reader != null) {
            reader.close();
        }
    }
}
