package org.pingrecorder.agent.ping;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * Counts over all hosts of a run.
 *
 * @param hostsAnswered hosts that answered at least once
 * @param failing hosts whose last ping was lost or could not be sent
 * @param unmeasured hosts without a decided ping, or whose last one this program missed
 */
record Totals(
        long sent,
        long received,
        long late,
        long lost,
        long notSent,
        int hostsAnswered,
        int failing,
        int unmeasured) {

    /** 100 × lost / sent; null when nothing was sent. */
    @Nullable Double lossPct() {
        return sent == 0 ? null : 100.0 * lost / sent;
    }

    static Totals of(List<HostTally> hosts) {
        long received = 0;
        long late = 0;
        long lost = 0;
        long notSent = 0;
        int answered = 0;
        int failing = 0;
        int unmeasured = 0;
        for (HostTally host : hosts) {
            received += host.received();
            late += host.late();
            lost += host.lost();
            notSent += host.notSent();
            answered += host.answered() ? 1 : 0;
            Outcome last = host.last();
            boolean missed = last == Outcome.MISSED;
            unmeasured += last == null || missed ? 1 : 0;
            failing += last == null || missed || last.hasLatency() ? 0 : 1;
        }
        return new Totals(
                received + late + lost,
                received,
                late,
                lost,
                notSent,
                answered,
                failing,
                unmeasured);
    }
}
