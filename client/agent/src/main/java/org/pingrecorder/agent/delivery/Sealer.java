package org.pingrecorder.agent.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.Measurement;
import org.pingrecorder.agent.batch.PingRows;
import org.pingrecorder.agent.batch.Running;
import org.pingrecorder.agent.batch.SeriesCutter;
import org.pingrecorder.agent.spool.Salvage;
import org.pingrecorder.agent.spool.Spool;
import org.pingrecorder.agent.spool.SpoolWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the open batch every upload interval, or sooner if it is full, on a thread of its own,
 * which nobody interrupts: that would close the spool's file.
 */
final class Sealer {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    /** Gaps of one batch, and beginnings; the recorder takes five times as many a request. */
    static final int MOST_REPORTS = 10_000;

    private final OpenBatch open;
    private final Spool spool;
    private final StampClock stamp;
    private final SeriesCutter cutter = new SeriesCutter();
    private final Thread thread;
    private final Runnable onFault;

    /** Of the open batch that is sealed now. */
    private long sealedPings;

    private volatile boolean ending;
    private volatile boolean failed;

    /**
     * Seals nothing yet.
     *
     * @param onFault run when it has ended by a fault
     */
    Sealer(OpenBatch open, Spool spool, StampClock stamp, Duration interval, Runnable onFault) {
        this.open = open;
        this.spool = spool;
        this.stamp = stamp;
        this.onFault = onFault;
        this.thread = Thread.ofPlatform().name("sealer").daemon().unstarted(() -> run(interval));
    }

    void start() {
        thread.start();
    }

    /**
     * Seals once more what is open by then; when this returns, nothing is any more.
     *
     * @return whether the caller was interrupted meanwhile
     */
    boolean end() {
        ending = true;
        open.wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** Whether it ended by a fault: what is open is not sealed any more. */
    boolean failed() {
        return failed;
    }

    private void run(Duration interval) {
        try {
            work(interval);
        } catch (Throwable e) {
            failed = true;
            LOG.error("results can no longer be sealed for a fault; this client stops", e);
            onFault.run();
        }
    }

    private void work(Duration interval) {
        try {
            open.awaitFull(interval);
            while (!ending) {
                seal();
                open.awaitFull(interval);
            }
        } catch (InterruptedException e) {
            LOG.error("nobody may interrupt this", e);
        }
        // The last batch alone tells the next start how this run ended.
        spool.writer().endSegment();
        seal();
    }

    /** Seals what is open, if there is anything. */
    void seal() {
        OpenBatch.Content content = open.take();
        sealedPings = 0;
        try {
            Salvage lost = spool.takeLost();
            if (!content.isEmpty() || !lost.isEmpty()) {
                sealOrGiveBack(content, lost);
            }
        } finally {
            open.giveBack(content.rows(), content.rows().size() - sealedPings);
        }
    }

    /**
     * What ends this client must not end what is to be said of earlier drops: the next one does.
     */
    private void sealOrGiveBack(OpenBatch.Content content, Salvage lost) {
        try {
            seal(content, lost);
        } catch (Error e) {
            spool.lost(lost);
            throw e;
        }
    }

    private void seal(OpenBatch.Content content, Salvage lost) {
        int now = stamp.steps();
        PingRows rows = content.rows();
        for (int steps = content.fewestSteps(now); steps <= now; steps++) {
            List<Gap> gaps = new ArrayList<>(content.gaps(steps));
            List<Running> running = new ArrayList<>(content.running(steps));
            List<Measurement> measured = new ArrayList<>(content.measured(steps));
            if (steps == now) {
                gaps.addAll(lost.gaps());
                running.addAll(lost.running());
            }
            while (gaps.size() > MOST_REPORTS || running.size() > MOST_REPORTS) {
                append(steps, rows, 0, 0, takeSome(gaps), takeSome(running), List.of());
            }
            int from = 0;
            do {
                int to = Math.min(rows.size(), from + OpenBatch.FULL_ROWS);
                if (rows.count(steps, from, to) > 0
                        || !gaps.isEmpty()
                        || !running.isEmpty()
                        || !measured.isEmpty()) {
                    append(steps, rows, from, to, gaps, running, measured);
                    gaps.clear();
                    running.clear();
                    measured.clear();
                }
                from = to;
            } while (from < rows.size());
        }
    }

    /** Appends a batch, or at least its reports and what it lacks. */
    private void append(
            int steps,
            PingRows rows,
            int from,
            int to,
            List<Gap> gaps,
            List<Running> running,
            List<Measurement> measured) {
        try {
            spool.writer().append(batch(steps, rows, from, to, gaps, running, measured));
            sealedPings += rows.count(steps, from, to);
        } catch (RuntimeException e) {
            int lostPings = rows.count(steps, from, to);
            LOG.error(
                    "{} results and {} measurements could not be sealed for a fault in this client"
                            + " and are lost",
                    lostPings,
                    measured.size(),
                    e);
            List<Gap> reports = new ArrayList<>(gaps);
            if (lostPings > 0) {
                reports.add(rows.asGap(steps, from, to));
            }
            appendReports(steps, reports, running);
        }
    }

    private void appendReports(int steps, List<Gap> gaps, List<Running> running) {
        try {
            spool.writer().append(batch(steps, new PingRows(), 0, 0, gaps, running, List.of()));
        } catch (RuntimeException e) {
            LOG.error(
                    "nor could what is to be reported of {} gaps and {} beginnings: it is lost, but"
                            + " for what was dropped",
                    gaps.size(),
                    running.size(),
                    e);
            gaps.stream()
                    .filter(gap -> gap.reason() == Gap.Reason.DROPPED)
                    .forEach(gap -> spool.dropped(gap.fromMicros(), gap.toMicros() - 1));
        }
    }

    private static <T> List<T> takeSome(List<T> reports) {
        List<T> some = reports.subList(0, Math.min(MOST_REPORTS, reports.size()));
        List<T> taken = List.copyOf(some);
        some.clear();
        return taken;
    }

    private SpoolWriter.Batch batch(
            int steps,
            PingRows rows,
            int from,
            int to,
            List<Gap> gaps,
            List<Running> running,
            List<Measurement> measured) {
        return (encoder, dictionary, number) -> {
            encoder.begin(dictionary, stamp.nowMicros(steps));
            cutter.cut(rows, from, to, steps, encoder::add);
            gaps.forEach(encoder::add);
            running.forEach(encoder::add);
            measured.forEach(encoder::add);
            return encoder.end(number, stamp.epoch(steps), stamp.offsetMicros(steps));
        };
    }
}
