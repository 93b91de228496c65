package org.pingrecorder.recorder.hostmetrics;

import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.history.Buckets;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.samples.Hours;

/**
 * What the values of one host come to in buckets, in whichever order its tables are added. Not
 * thread-safe.
 */
final class MetricBuckets {

    /** About 10 MB. */
    static final int MOST_ROWS = 200_000;

    private final Buckets buckets;
    private final Map<String, Column> columns = new TreeMap<>();

    /**
     * Empty buckets.
     *
     * @throws Fault 422 if they are too many
     */
    MetricBuckets(Buckets buckets) {
        this.buckets = buckets;
        checkRows(1);
    }

    private void checkRows(int names) {
        if ((long) names * buckets.count() > MOST_ROWS) {
            throw Fault.of(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "%d buckets of %d or more names are more than %d rows; ask for a longer step, a shorter window or fewer names."
                            .formatted(buckets.count(), names, MOST_ROWS));
        }
    }

    /** What one value comes to in each bucket. */
    private static final class Column {
        private final long[] samples;
        private final double[] min;
        private final double[] max;
        private final double[] sum;
        private final double[] last;
        private final long[] lastMicros;

        Column(int buckets) {
            samples = new long[buckets];
            min = new double[buckets];
            max = new double[buckets];
            sum = new double[buckets];
            last = new double[buckets];
            lastMicros = new long[buckets];
            Arrays.fill(min, Double.POSITIVE_INFINITY);
            Arrays.fill(max, Double.NEGATIVE_INFINITY);
            Arrays.fill(lastMicros, Long.MIN_VALUE);
        }

        void add(int bucket, long atMicros, double value) {
            samples[bucket]++;
            min[bucket] = Math.min(min[bucket], value);
            max[bucket] = Math.max(max[bucket], value);
            sum[bucket] += value;
            if (atMicros >= lastMicros[bucket]) {
                lastMicros[bucket] = atMicros;
                last[bucket] = value;
            }
        }
    }

    /**
     * Adds what of a table is in the window.
     *
     * @throws Fault 422 if there are too many names
     */
    void add(byte[] payload, Predicate<String> wanted) {
        HostTable table = HostTableCodec.decode(payload, wanted);
        int[] bucketOf = new int[table.rows()];
        for (int row = 0; row < bucketOf.length; row++) {
            long at = table.atMicros(row);
            boolean isIn = at >= buckets.startMicros() && at < buckets.endMicros();
            bucketOf[row] = isIn ? buckets.of(at) : -1;
        }
        for (String name : table.names()) {
            add(table, name, bucketOf);
        }
    }

    private void add(HostTable table, String name, int[] bucketOf) {
        Column column = columns.get(name);
        for (int row = 0; row < bucketOf.length; row++) {
            double value = table.value(name, row);
            if (bucketOf[row] < 0 || Double.isNaN(value)) {
                continue;
            }
            if (column == null) {
                checkRows(columns.size() + 1);
                column = new Column(buckets.count());
                columns.put(name, column);
            }
            column.add(bucketOf[row], table.atMicros(row), value);
        }
    }

    /** A row for each name that has any value in the window and each bucket, by name and time. */
    Rows<MetricRow> rows() {
        var names = columns.entrySet().iterator();
        return new Rows<>() {
            private Map.@Nullable Entry<String, Column> name;
            private int bucket;

            @Override
            public @Nullable MetricRow next() {
                if (name == null || bucket == buckets.count()) {
                    if (!names.hasNext()) {
                        return null;
                    }
                    name = names.next();
                    bucket = 0;
                }
                return row(name.getKey(), name.getValue(), bucket++);
            }

            @Override
            public void close() {}
        };
    }

    private MetricRow row(String name, Column column, int bucket) {
        long samples = column.samples[bucket];
        boolean any = samples > 0;
        return new MetricRow(
                name,
                Hours.instant(buckets.startMicros(bucket)),
                samples,
                any ? column.min[bucket] : null,
                any ? column.sum[bucket] / samples : null,
                any ? column.max[bucket] : null,
                any ? column.last[bucket] : null);
    }
}
