package org.pingrecorder.agent.ping;

import org.pingrecorder.wire.Outcome;

/**
 * The last few pings of one host, as a line of marks: what became of each, and for replies how long
 * they took compared with the host's best.
 */
final class RecentPings {

    /** How many are kept. */
    static final int MAX = 24;

    private final Outcome[] outcomes = new Outcome[MAX];
    private final float[] latenciesMs = new float[MAX];
    private int next;
    private int size;

    /** Adds pings that had the same end. */
    void add(Outcome outcome, double latencyMs, long pings) {
        for (long i = 0; i < Math.min(pings, MAX); i++) {
            outcomes[next] = outcome;
            latenciesMs[next] = (float) latencyMs;
            next = (next + 1) % MAX;
            size = Math.min(size + 1, MAX);
        }
    }

    /**
     * The marks, the newest at the right end.
     *
     * @param width how many at most
     * @param bestMs the host's least latency
     */
    String marks(int width, double bestMs, Marks marks) {
        StringBuilder text = new StringBuilder();
        for (int back = Math.min(width, size); back > 0; back--) {
            int i = (next - back + MAX) % MAX;
            text.append(marks.mark(outcomes[i], latenciesMs[i] / bestMs));
        }
        return text.toString();
    }
}
