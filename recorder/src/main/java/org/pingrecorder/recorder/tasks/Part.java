package org.pingrecorder.recorder.tasks;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.oneoff.FailureCause;
import org.pingrecorder.oneoff.Tally;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.SummaryLine;

/** What comes of a task at one of those that ping. For one thread at a time. */
final class Part {

    /** Of each target's further replies; the others are only counted. */
    private static final int MOST_DUPLICATES_TOLD = 1_000;

    private final @Nullable String client;
    private final int count;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private boolean elsewhere;
    private boolean over;
    private boolean finished;
    private boolean failed;
    private int strange;

    private static final class Target {
        final Tally tally = new Tally();
        final BitSet decided = new BitSet();
        @Nullable String address;
    }

    /**
     * Nothing came yet.
     *
     * @param client who pings; null for the recorder itself
     */
    Part(@Nullable String client, TaskRequest request) {
        this.client = client;
        this.count = request.count();
        request.targets().forEach(target -> targets.put(target, new Target()));
    }

    @Nullable String client() {
        return client;
    }

    /** Whether the client is connected to another recorder. */
    boolean isElsewhere() {
        return elsewhere;
    }

    void setElsewhere() {
        elsewhere = true;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /** Whether it said its last word itself. */
    boolean isFinished() {
        return finished;
    }

    void setFinished() {
        finished = true;
    }

    /** Whether a problem of it was told. */
    boolean isFailed() {
        return failed;
    }

    void setFailed() {
        failed = true;
    }

    /** Whether any of its pings was decided. */
    boolean isBegun() {
        return tallies().stream().anyMatch(tally -> tally.decided() > 0);
    }

    /** Results that cannot be of this task. */
    int strange() {
        return strange;
    }

    /**
     * Counts a result.
     *
     * @return its line; null if it is not told
     */
    @Nullable PingLine take(PingLine given) {
        Target target = targets.get(given.target());
        Outcome outcome = Outcome.ofText(given.outcome()).orElse(null);
        Double latencyMs = given.latencyMs();
        if (target == null || outcome == null || given.seq() < 0 || given.seq() >= count) {
            strange++;
            return null;
        }
        target.address = given.address();
        if (given.duplicate()) {
            target.tally.addDuplicates(1);
            return target.tally.duplicates() > MOST_DUPLICATES_TOLD ? null : ours(given);
        }
        boolean latencyFits =
                latencyMs == null
                        ? !outcome.hasLatency()
                        : outcome.hasLatency() && latencyMs >= 0 && Double.isFinite(latencyMs);
        if (!latencyFits) {
            strange++;
            return null;
        }
        if (target.decided.get((int) given.seq())) {
            return null; // handed over again, after a commit of which nobody knew what it did
        }
        target.decided.set((int) given.seq());
        target.tally.add(outcome, latencyMs, FailureCause.of(outcome, given), 1);
        return ours(given);
    }

    /** The line with its client, whoever it says it is of. */
    private PingLine ours(PingLine given) {
        return new PingLine(
                PingLine.TYPE,
                client,
                given.target(),
                given.address(),
                given.seq(),
                given.at(),
                given.outcome(),
                given.latencyMs(),
                given.ttl(),
                given.bytes(),
                given.duplicate(),
                given.errorType(),
                given.errorCode(),
                given.errorFrom(),
                given.cause(),
                given.name(),
                given.family(),
                given.slipMs());
    }

    /** The closing line of each target. */
    List<SummaryLine> summaries() {
        List<SummaryLine> lines = new ArrayList<>();
        targets.forEach(
                (name, target) ->
                        lines.add(target.tally.summary(client, name, target.address, null, null)));
        return lines;
    }

    /** What its targets come to. */
    List<Tally> tallies() {
        return targets.values().stream().map(target -> target.tally).toList();
    }
}
