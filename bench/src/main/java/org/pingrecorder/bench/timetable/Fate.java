package org.pingrecorder.bench.timetable;

import org.pingrecorder.icmp.Outcome;

/**
 * What becomes of a ping, by rule: a number that depends on its ip and place only, so that two can
 * tell independently of each other.
 */
enum Fate {
    QUICK_REPLY(0, Outcome.REPLY, 20_000_000),
    SLOW_REPLY(1, Outcome.REPLY, 1_900_000_000),
    LATE(2, Outcome.LATE, 4_000_000_000L),
    TIMEOUT(3, Outcome.TIMEOUT, 5_000_000_000L),
    UNREACHABLE(4, Outcome.UNREACHABLE, 3_000_000),
    SEND_ERROR(5, Outcome.SEND_ERROR, 0);

    private static final Fate[] OF_A_HUNDRED = new Fate[100];

    static {
        for (int i = 0; i < OF_A_HUNDRED.length; i++) {
            OF_A_HUNDRED[i] = of(i);
        }
    }

    /** Its place among them, for arrays of numbers. */
    final int number;

    final Outcome outcome;

    /** When it is decided, after it was sent; at once, within the call that sends it, where 0. */
    final long afterNanos;

    Fate(int number, Outcome outcome, long afterNanos) {
        this.number = number;
        this.outcome = outcome;
        this.afterNanos = afterNanos;
    }

    private static Fate of(int percent) {
        if (percent < 85) {
            return QUICK_REPLY;
        }
        if (percent < 90) {
            return SLOW_REPLY;
        }
        if (percent < 93) {
            return LATE;
        }
        return percent < 97 ? TIMEOUT : percent < 99 ? UNREACHABLE : SEND_ERROR;
    }

    /**
     * The fate of one ping.
     *
     * @param place how many were sent to the ip before it
     */
    static Fate of(int ip, long place) {
        long hash = (place * 0x9e3779b97f4a7c15L + ip) * 0xbf58476d1ce4e5b9L;
        return OF_A_HUNDRED[(int) Math.unsignedMultiplyHigh(hash ^ hash >>> 31, 100)];
    }
}
