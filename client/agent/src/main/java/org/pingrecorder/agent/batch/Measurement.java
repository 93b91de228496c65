package org.pingrecorder.agent.batch;

/** What was measured of the client's host at one time: names, and a value to each. */
public final class Measurement {

    private final long atMicros;
    private final long intervalMillis;
    private final String[] names;
    private final double[] values;

    /**
     * Takes the arrays over.
     *
     * @param atMicros in microseconds since the Unix epoch
     * @param intervalMillis when the next one follows
     * @param names as many as values
     */
    public Measurement(long atMicros, long intervalMillis, String[] names, double[] values) {
        this.atMicros = atMicros;
        this.intervalMillis = intervalMillis;
        this.names = names;
        this.values = values;
    }

    public long atMicros() {
        return atMicros;
    }

    public long intervalMillis() {
        return intervalMillis;
    }

    /** How many values there are. */
    public int count() {
        return names.length;
    }

    public String name(int i) {
        return names[i];
    }

    public double value(int i) {
        return values[i];
    }
}
