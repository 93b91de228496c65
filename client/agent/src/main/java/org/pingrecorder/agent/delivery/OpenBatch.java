package org.pingrecorder.agent.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.Measurement;
import org.pingrecorder.agent.batch.PingRows;
import org.pingrecorder.agent.batch.Running;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingedIp;

/**
 * What was decided since the last batch was sealed. Thread-safe: the engine's thread adds and never
 * waits for more than an exchange of two references.
 */
final class OpenBatch {

    /** So many are sealed at once, whatever the upload interval; the recorder takes twice that. */
    static final int FULL_ROWS = 50_000;

    /** About 10 MB. Only a disk that hangs for long lets so many come together. */
    static final int MOST_ROWS = 4 * FULL_ROWS;

    /** Of the host. Only a disk that hangs for long lets so many come together. */
    static final int MOST_MEASURED = 1_000;

    /** A gap, and after how many steps of the clock its times were read. */
    record StampedGap(int clockSteps, Gap gap) {}

    /** A beginning, and after how many steps of the clock its time was read. */
    record StampedRunning(int clockSteps, Running running) {}

    /** A measurement, and after how many steps of the clock its time was read. */
    record StampedMeasurement(int clockSteps, Measurement measurement) {}

    /** What a sealing takes. */
    record Content(
            PingRows rows,
            List<StampedGap> gaps,
            List<StampedRunning> running,
            List<StampedMeasurement> measured) {
        boolean isEmpty() {
            return rows.size() == 0 && gaps.isEmpty() && running.isEmpty() && measured.isEmpty();
        }

        /** The fewest steps of the clock that any of it was stamped after. */
        int fewestSteps(int most) {
            return IntStream.of(
                            rows.fewestClockSteps(most),
                            gaps.stream().mapToInt(StampedGap::clockSteps).min().orElse(most),
                            running.stream()
                                    .mapToInt(StampedRunning::clockSteps)
                                    .min()
                                    .orElse(most),
                            measured.stream()
                                    .mapToInt(StampedMeasurement::clockSteps)
                                    .min()
                                    .orElse(most))
                    .min()
                    .orElse(most);
        }

        List<Gap> gaps(int clockSteps) {
            return gaps.stream()
                    .filter(gap -> gap.clockSteps() == clockSteps)
                    .map(StampedGap::gap)
                    .toList();
        }

        List<Running> running(int clockSteps) {
            return running.stream()
                    .filter(begun -> begun.clockSteps() == clockSteps)
                    .map(StampedRunning::running)
                    .toList();
        }

        List<Measurement> measured(int clockSteps) {
            return measured.stream()
                    .filter(one -> one.clockSteps() == clockSteps)
                    .map(StampedMeasurement::measurement)
                    .toList();
        }
    }

    private final Semaphore full = new Semaphore(0);
    private PingRows rows = new PingRows();
    private PingRows spare = new PingRows();
    private PingRows held = new PingRows();
    private List<StampedGap> gaps = new ArrayList<>();
    private List<StampedRunning> running = new ArrayList<>();
    private List<StampedMeasurement> measured = new ArrayList<>();
    private int takenRows;
    private long accepted;
    private long dropped;
    private long lateDuplicates;

    /** Adds a ping that is not lost because this client was cut off. */
    synchronized void add(PingResult ping) {
        add(ping, false);
    }

    /**
     * Adds a ping; at the bound, all before it give way.
     *
     * @param isCutOff whether it is lost because this client was cut off
     */
    synchronized void add(PingResult ping, boolean isCutOff) {
        makeRoom(ping.clockSteps());
        rows.add(ping, isCutOff);
        accepted++;
        tellIfFull();
    }

    private void makeRoom(int clockSteps) {
        if (rows.size() == MOST_ROWS) {
            dropped += rows.size();
            add(rows.asGap(), clockSteps);
            rows.clear();
        }
    }

    private void tellIfFull() {
        if (rows.size() == FULL_ROWS) {
            full.release();
        }
    }

    /** Keeps a ping back until {@link #release}; at the bound, none of them is marked. */
    synchronized void hold(PingResult ping) {
        if (held.size() == FULL_ROWS) {
            release(false);
        }
        held.add(ping);
        accepted++;
    }

    /** Adds what was kept back. */
    synchronized void release(boolean isCutOff) {
        for (int row = 0; row < held.size(); row++) {
            makeRoom(held.clockSteps(row));
            rows.add(held, row, isCutOff);
            tellIfFull();
        }
        if (held.size() > 0) {
            held.clear();
        }
    }

    /** Waits until there is enough to seal, {@link #wake} was called, or the time is over. */
    void awaitFull(Duration most) throws InterruptedException {
        if (full.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            full.drainPermits();
        }
    }

    /** Ends the wait, or the next one. */
    void wake() {
        full.release();
    }

    /** Counts a duplicate on its ping, if that is not sealed yet. */
    synchronized void duplicate(PingedIp ip, long plannedEpochMicros) {
        if (!rows.duplicate(ip, plannedEpochMicros)) {
            lateDuplicates++;
        }
    }

    /** Adds a gap, or makes the one before longer where they overlap. */
    synchronized void add(Gap gap, int clockSteps) {
        if (!gaps.isEmpty()) {
            StampedGap before = gaps.getLast();
            if (before.clockSteps() == clockSteps && before.gap().overlaps(gap)) {
                gaps.set(gaps.size() - 1, new StampedGap(clockSteps, before.gap().with(gap)));
                return;
            }
        }
        gaps.add(new StampedGap(clockSteps, gap));
    }

    synchronized void add(Running begun, int clockSteps) {
        running.add(new StampedRunning(clockSteps, begun));
    }

    /** Adds a measurement; at the bound, the oldest gives way. */
    synchronized void add(Measurement measurement, int clockSteps) {
        if (measured.size() == MOST_MEASURED) {
            measured.removeFirst();
        }
        measured.add(new StampedMeasurement(clockSteps, measurement));
    }

    /** Takes all of it; {@link #giveBack} is to follow. */
    synchronized Content take() {
        Content content = new Content(rows, gaps, running, measured);
        takenRows = rows.size();
        rows = spare;
        gaps = new ArrayList<>();
        running = new ArrayList<>();
        measured = new ArrayList<>();
        return content;
    }

    /** The rows are sealed, but for those that are lost. */
    synchronized void giveBack(PingRows taken, long lost) {
        dropped += lost;
        if (taken.size() > FULL_ROWS) {
            // Room for so many is seldom needed again.
            spare = new PingRows();
        } else {
            taken.clear();
            spare = taken;
        }
        takenRows = 0;
    }

    /** Pings that are not sealed. */
    synchronized long size() {
        return (long) rows.size() + takenRows + held.size();
    }

    /** Pings ever added. */
    synchronized long accepted() {
        return accepted;
    }

    /** Pings that were lost here. */
    synchronized long dropped() {
        return dropped;
    }

    /** Duplicates whose ping was sealed before they came; they are on no ping. */
    synchronized long lateDuplicates() {
        return lateDuplicates;
    }
}
