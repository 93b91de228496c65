package org.pingrecorder.agent.spool;

/** What was dropped, and what is still to be said of it. For the holder of the spool's lock. */
final class Losses {

    /** Without a drop for so long, the next one is news. */
    private static final long EPISODE_MICROS = 3_600_000_000L;

    private Salvage untold = new Salvage();
    private long pings;
    private long latestMicros = Long.MIN_VALUE / 2;

    /** What is to be said; told once. */
    Salvage take() {
        Salvage taken = untold;
        untold = new Salvage();
        return taken;
    }

    void add(Salvage salvage) {
        untold.addAll(salvage);
    }

    /** Pings of this time, both ends included, are lost. */
    void add(long firstMicros, long lastMicros) {
        untold.dropped(firstMicros, lastMicros);
    }

    void addPings(long lost) {
        pings += lost;
    }

    /** How many pings were dropped. */
    long pings() {
        return pings;
    }

    /** Whether nothing had been dropped for long. */
    boolean isNews(long nowMicros) {
        boolean isNews = nowMicros - latestMicros > EPISODE_MICROS;
        latestMicros = nowMicros;
        return isNews;
    }
}
