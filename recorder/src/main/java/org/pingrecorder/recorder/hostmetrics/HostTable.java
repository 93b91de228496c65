package org.pingrecorder.recorder.hostmetrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measured values of one host: a row for each time, a column for each name, NaN where a time has no
 * such value. Two rows may have one time. Grows up to a bound. Not thread-safe.
 */
final class HostTable {

    /** What one table holds of values, or has room for: 4 MB. */
    static final int MOST_CELLS = 500_000;

    private final Map<String, double[]> columns = new LinkedHashMap<>();
    private long[] atMicros = new long[16];
    private int rows;

    HostTable() {}

    /** Rows without values; the array is taken over. */
    HostTable(long[] atMicros) {
        this.atMicros = atMicros;
        this.rows = atMicros.length;
    }

    /** Adds a column of as many values as there are rows, and takes it over. */
    void add(String name, double[] column) {
        columns.put(name, column);
    }

    int rows() {
        return rows;
    }

    long atMicros(int row) {
        return atMicros[row];
    }

    /** The earliest time; there must be a row. */
    long firstMicros() {
        return Arrays.stream(atMicros, 0, rows).min().orElseThrow();
    }

    /** The latest time; there must be a row. */
    long lastMicros() {
        return Arrays.stream(atMicros, 0, rows).max().orElseThrow();
    }

    /** In the order in which they came. */
    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    double value(String name, int row) {
        double[] column = columns.get(name);
        return column == null || row >= column.length ? Double.NaN : column[row];
    }

    /** How many values it has room for. */
    int cells() {
        return rows * columns.size();
    }

    /**
     * Adds a row, unless the table would become too large by it.
     *
     * @param names each once
     * @return false if it would; then nothing has changed
     */
    boolean add(long at, List<String> names, double[] values) {
        long more = names.stream().filter(name -> !columns.containsKey(name)).count();
        if (rows > 0 && (rows + 1L) * (columns.size() + more) > MOST_CELLS) {
            return false;
        }
        if (rows == atMicros.length) {
            atMicros = Arrays.copyOf(atMicros, Math.max(16, rows * 2));
        }
        atMicros[rows] = at;
        for (int i = 0; i < names.size(); i++) {
            put(names.get(i), rows, values[i]);
        }
        rows++;
        return true;
    }

    private void put(String name, int row, double value) {
        double[] column = columns.computeIfAbsent(name, _ -> new double[0]);
        if (row >= column.length) {
            int before = column.length;
            column = Arrays.copyOf(column, atMicros.length);
            Arrays.fill(column, before, column.length, Double.NaN);
            columns.put(name, column);
        }
        column[row] = value;
    }

    /** Adds a row of another table; see {@link #add(long, List, double[])}. */
    boolean add(HostTable from, int row) {
        List<String> names = new ArrayList<>(from.columns.size());
        double[] values = new double[from.columns.size()];
        from.columns.forEach(
                (name, column) -> {
                    if (row < column.length && !Double.isNaN(column[row])) {
                        values[names.size()] = column[row];
                        names.add(name);
                    }
                });
        return add(from.atMicros[row], names, values);
    }

    /** The rows by time; those of one time stay in their order. */
    int[] byTime() {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(atMicros[a], atMicros[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
