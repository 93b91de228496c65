package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.samples.Summary;

/** What pings come to, in buckets. Thread-safe. */
@Singleton
final class HistoryStore {

    /** Beyond it, a bucket's latencies would take too much memory. */
    private static final Duration LONGEST_EXACT = Duration.ofDays(1);

    private static final Summary NOTHING = Summary.exact();

    private final Database database;

    HistoryStore(Database database) {
        this.database = database;
    }

    /** Every bucket of each ip that is on the list or has pings in the window, by client and ip. */
    Rows<HistoryRow> find(Filter filter, Step step, ZoneId zone, Instant now) {
        Buckets buckets = Buckets.of(filter.window(), step, zone, Limits.MOST_BUCKETS);
        Filter decided = CompletenessStore.untilDecided(filter, now);
        Buckets divided = buckets.dividedAt(decided.endMicros());
        boolean areLong =
                step.about().compareTo(LONGEST_EXACT) > 0
                        && filter.window().length().compareTo(LONGEST_EXACT) > 0;
        Supplier<Summary> empty = areLong ? Summary::sketched : Summary::exact;
        return new ClientRows<>(
                database,
                filter,
                null,
                connection -> check(connection, filter, buckets, step),
                (connection, targets) ->
                        new Explained(
                                step.isOfHours()
                                        ? new Flat(
                                                new MergedBuckets(
                                                        connection, targets, divided, empty),
                                                divided)
                                        : new DecodedBuckets(connection, targets, divided),
                                divided.count() == buckets.count()
                                        ? Long.MAX_VALUE
                                        : decided.endMicros(),
                                new MissingPings(connection, targets, decided)));
    }

    /**
     * Buckets with what they lack.
     *
     * @param dividedMicros where one bucket is two, because later pings need not be here yet, and
     *     those that are here make up for none of the ones before
     */
    private record Explained(Rows<Bucket> buckets, long dividedMicros, MissingPings missing)
            implements Rows<HistoryRow> {

        @Override
        public @Nullable HistoryRow next() throws SQLException {
            Bucket bucket = buckets.next();
            if (bucket == null) {
                return null;
            }
            Map<String, Long> lacks =
                    missing.of(
                            bucket.target().ipId(),
                            bucket.startMicros(),
                            bucket.endMicros(),
                            bucket.summary().pings());
            Bucket rest = bucket.endMicros() == dividedMicros ? buckets.next() : null;
            return HistoryRow.of(
                    bucket.target(),
                    bucket.startMicros(),
                    rest == null ? bucket.summary() : sum(bucket.summary(), rest.summary()),
                    lacks);
        }

        private static Summary sum(Summary one, Summary other) {
            if (one.pings() == 0 || other.pings() == 0) {
                return one.pings() == 0 ? other : one;
            }
            one.add(other);
            return one;
        }

        @Override
        public void close() throws SQLException {
            buckets.close();
        }
    }

    private static void check(Connection connection, Filter filter, Buckets buckets, Step step)
            throws SQLException {
        Limits.checkRows(connection, filter, buckets.count());
        Limits.checkBacklog(connection, filter, filter.window());
        if (step.isOfHours()) {
            Limits.checkCost(connection, filter, buckets.cutPart(), true);
        } else {
            Limits.checkCost(connection, filter, 1, false);
            Limits.checkHours(connection, filter);
            Limits.checkSamplesAreKept(connection, filter);
        }
    }

    /** Merged buckets one by one. */
    private static final class Flat implements Rows<Bucket> {

        private final MergedBuckets merged;
        private final Buckets buckets;
        private @Nullable Target target;

        /** Of the target. */
        private int bucket;

        /** The first bucket with pings, of an ip that is only told of where it has any. */
        private int awaited;

        private @Nullable Summary first;

        Flat(MergedBuckets merged, Buckets buckets) {
            this.merged = merged;
            this.buckets = buckets;
        }

        @Override
        public @Nullable Bucket next() throws SQLException {
            Target current = target;
            while (current == null || bucket == buckets.count()) {
                current = merged.nextTarget();
                target = current;
                if (current == null) {
                    return null;
                }
                begin(current);
            }
            Summary sum = null;
            if (bucket == awaited) {
                sum = first;
            } else if (bucket > awaited) {
                sum = merged.nextSum();
            }
            Bucket next =
                    new Bucket(
                            current,
                            buckets.startMicros(bucket),
                            buckets.endMicros(bucket),
                            sum == null ? NOTHING : sum);
            bucket++;
            return next;
        }

        private void begin(Target next) throws SQLException {
            bucket = 0;
            awaited = -1;
            first = null;
            while (!next.isListed() && first == null) {
                if (++awaited == buckets.count()) {
                    bucket = awaited;
                    return;
                }
                first = merged.nextSum();
            }
        }

        @Override
        public void close() throws SQLException {
            merged.close();
        }
    }
}
