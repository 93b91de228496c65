package org.pingrecorder.testnet;

import java.util.concurrent.atomic.AtomicLongArray;

/** A prefix, how its hosts behave and what was counted. Counts may be read by any thread. */
final class Rule {

    static final int REQUESTS = 0;
    static final int UNANSWERED = 1;
    static final int REPLIES = 2;
    static final int DUPLICATES = 3;
    static final int CORRUPTED = 4;
    static final int FOREIGN = 5;
    static final int ERRORS = 6;
    static final int OVERTAKEN = 7;

    final Subnet prefix;
    final Behaviour behaviour;
    private final AtomicLongArray counts = new AtomicLongArray(OVERTAKEN + 1);
    private long latestReplied = -1;

    Rule(Subnet prefix, Behaviour behaviour) {
        this.prefix = prefix;
        this.behaviour = behaviour;
    }

    /** Counts a request and gives it its number. */
    Request arrived(Request request) {
        return request.numbered(counts.getAndIncrement(REQUESTS));
    }

    void unanswered() {
        counts.incrementAndGet(UNANSWERED);
    }

    /** Counts a packet before it is sent, so that whoever receives it finds it counted. */
    void sending(int count, Request request) {
        counts.incrementAndGet(count);
        if (count == REPLIES) {
            if (request.number() < latestReplied) {
                counts.incrementAndGet(OVERTAKEN);
            }
            latestReplied = Math.max(latestReplied, request.number());
        }
    }

    PrefixCounts counts() {
        return new PrefixCounts(
                counts.get(REQUESTS),
                counts.get(UNANSWERED),
                counts.get(REPLIES),
                counts.get(DUPLICATES),
                counts.get(CORRUPTED),
                counts.get(FOREIGN),
                counts.get(ERRORS),
                counts.get(OVERTAKEN));
    }
}
