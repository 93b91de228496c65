package org.pingrecorder.agent.hostmetrics;

import java.util.Arrays;

/** Measured values of one moment by their names. For one thread, filled again and again. */
public final class Values {

    /** What the recorder takes of one moment. */
    static final int MOST = 300;

    private final String[] names = new String[MOST];
    private final double[] values = new double[MOST];
    private int count;

    void clear() {
        Arrays.fill(names, 0, count, null);
        count = 0;
    }

    /** Adds a value; one that is no number, and what is beyond the bound, is left out. */
    public void add(String name, double value) {
        if (count < MOST && Double.isFinite(value)) {
            names[count] = name;
            values[count++] = value;
        }
    }

    /** Adds a count, which is exact up to 2^53. */
    public void add(String name, long value) {
        add(name, (double) value);
    }

    boolean has(String name) {
        for (int i = 0; i < count; i++) {
            if (name.equals(names[i])) {
                return true;
            }
        }
        return false;
    }

    int count() {
        return count;
    }

    String[] names() {
        return Arrays.copyOf(names, count);
    }

    double[] values() {
        return Arrays.copyOf(values, count);
    }
}
