package org.pingrecorder.icmp;

import org.pingrecorder.testnet.PrefixCounts;

/**
 * What became of the pings to one prefix: as the engine tells it, or as the far end's counts say it
 * must be.
 *
 * @param sent pings the kernel took
 * @param seen requests that reached the far end
 * @param corrupted replies with wrong bytes that reach the socket
 * @param foreign other messages that belong to no ping, and replies after the grace time
 */
record Tally(
        long sent,
        long seen,
        long reply,
        long late,
        long timeout,
        long unreachable,
        long sendError,
        long missed,
        long duplicates,
        long corrupted,
        long foreign) {

    static final String HEADINGS =
            "%-34s %6s %6s %6s %6s %7s %11s %10s %6s %10s %9s %7s"
                    .formatted(
                            "rule",
                            "sent",
                            "seen",
                            "reply",
                            "late",
                            "timeout",
                            "unreachable",
                            "send_error",
                            "missed",
                            "duplicates",
                            "corrupted",
                            "foreign");

    /** The usual: the first reply counts, an error that comes instead decides. */
    static Tally replies(PrefixCounts c) {
        return of(c, c.replies(), 0, c.errors(), c.duplicates(), c.foreign());
    }

    /** Nothing but replies after the timeout and within the grace time. */
    static Tally late(PrefixCounts c) {
        return of(c, 0, c.replies(), 0, c.duplicates(), c.foreign());
    }

    /** Replies, and errors that decide nothing. */
    static Tally repliesDespiteErrors(PrefixCounts c) {
        return of(c, c.replies(), 0, 0, c.duplicates(), c.foreign());
    }

    /** An error first, then a reply. */
    static Tally errorsThenReplies(PrefixCounts c) {
        return of(c, 0, 0, c.errors(), c.replies(), c.foreign());
    }

    /** Nothing before the end of the grace time. */
    static Tally expired(PrefixCounts c) {
        return of(c, 0, 0, 0, 0, c.foreign() + c.replies());
    }

    /** Replies in time, and a copy of each after the grace time. */
    static Tally repliesThenExpired(PrefixCounts c) {
        return of(c, c.replies(), 0, 0, 0, c.foreign() + c.duplicates());
    }

    /** Replies with a wrong checksum, which the kernel lets through or not. */
    static Tally badChecksums(PrefixCounts c, boolean reachUs) {
        return new Tally(
                c.requests(),
                c.requests(),
                0,
                0,
                c.requests(),
                0,
                0,
                0,
                0,
                reachUs ? c.corrupted() : 0,
                0);
    }

    private static Tally of(
            PrefixCounts c,
            long reply,
            long late,
            long unreachable,
            long duplicates,
            long foreign) {
        long timeout = c.requests() - reply - late - unreachable;
        return new Tally(
                c.requests(),
                c.requests(),
                reply,
                late,
                timeout,
                unreachable,
                0,
                0,
                duplicates,
                c.corrupted(),
                foreign);
    }

    /** So many pings that this machine would not send. */
    static Tally unsent(long pings) {
        return new Tally(0, 0, 0, 0, 0, 0, pings, 0, 0, 0, 0);
    }

    /** A further reply. */
    static final Tally DUPLICATE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);

    /** One ping that was decided so. */
    static Tally of(Outcome outcome) {
        boolean sent = outcome != Outcome.SEND_ERROR;
        return new Tally(
                sent ? 1 : 0,
                0,
                is(outcome, Outcome.REPLY),
                is(outcome, Outcome.LATE),
                is(outcome, Outcome.TIMEOUT),
                is(outcome, Outcome.UNREACHABLE),
                is(outcome, Outcome.SEND_ERROR),
                is(outcome, Outcome.MISSED),
                0,
                0,
                0);
    }

    private static int is(Outcome outcome, Outcome other) {
        return outcome == other ? 1 : 0;
    }

    /** What an engine counted in all; that every ping sent was seen is for the far end to say. */
    static Tally of(EngineCounters c) {
        return new Tally(
                c.sent(),
                c.sent(),
                c.replies(),
                c.late(),
                c.timeouts(),
                c.unreachable(),
                c.sendErrors(),
                c.notSent() + c.overflowed(),
                c.duplicates(),
                c.corrupted(),
                c.foreign() + c.expired());
    }

    /** The same without what the decisions of the pings say. */
    Tally withoutDecisions() {
        return new Tally(0, seen, 0, 0, 0, 0, 0, 0, 0, corrupted, foreign);
    }

    /** Messages, errors apart, that reach the socket. */
    long messages() {
        return reply + late + duplicates + corrupted + foreign;
    }

    Tally plus(Tally o) {
        return new Tally(
                sent + o.sent,
                seen + o.seen,
                reply + o.reply,
                late + o.late,
                timeout + o.timeout,
                unreachable + o.unreachable,
                sendError + o.sendError,
                missed + o.missed,
                duplicates + o.duplicates,
                corrupted + o.corrupted,
                foreign + o.foreign);
    }

    String line(String name) {
        return "%-34s %6d %6d %6d %6d %7d %11d %10d %6d %10d %9d %7d"
                .formatted(
                        name,
                        sent,
                        seen,
                        reply,
                        late,
                        timeout,
                        unreachable,
                        sendError,
                        missed,
                        duplicates,
                        corrupted,
                        foreign);
    }
}
