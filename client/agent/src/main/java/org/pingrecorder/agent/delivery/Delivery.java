package org.pingrecorder.agent.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.batch.BatchIp;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.Measurement;
import org.pingrecorder.agent.batch.Running;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.agent.cutoff.HeldPings;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.spool.LastRun;
import org.pingrecorder.agent.spool.Spool;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingSink;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings decided pings to the recorder, each stored exactly once: from the open batch, sealed every
 * upload interval, over the spool on disk, to a receipt. What is not delivered when this client
 * ends is delivered by its next start. The sink's methods are for the engine's thread, the rest is
 * thread-safe.
 */
public final class Delivery implements PingSink, HeldPings {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** A busy machine may let pings wait so long before they are decided and handed over. */
    private static final Duration MOST_LATE = Duration.ofSeconds(10);

    private final String client;
    private final RecorderClient recorder;
    private final RecorderGate gate;
    private final DataFolder folder;
    private final DeliveryLimits limits;
    private final Clock clock;
    private final Runnable onFault;
    private final StampClock stamp;
    private final OpenBatch open = new OpenBatch();
    private volatile @Nullable Way way;

    /** What there is once it was started. */
    private record Way(Spool spool, Sealer sealer, Uploader uploader, long imported) {}

    /**
     * Nothing is read, written or sent before {@link #start}.
     *
     * @param client under whose name the pings are posted
     * @param unsteppedMicros what the clock that stamps pings would show without its steps
     * @param onFault run when a part of it has ended by a fault
     */
    public Delivery(
            String client,
            RecorderClient recorder,
            RecorderGate gate,
            DataFolder folder,
            DeliveryLimits limits,
            Clock clock,
            LongSupplier unsteppedMicros,
            Runnable onFault) {
        this.client = client;
        this.recorder = recorder;
        this.gate = gate;
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
        this.onFault = onFault;
        this.stamp = new StampClock(unsteppedMicros);
    }

    /**
     * Takes up what earlier runs left, and begins to seal and to upload.
     *
     * @param longestWait how long a ping may have been undecided when the run before ended
     * @throws IOException with a message for people, if what they left cannot be read
     */
    public void start(Duration longestWait) throws IOException {
        Spool spool = spool();
        LastRun last = spool.lastRun();
        if (last != null) {
            stamp.firstEpoch(last.epoch() + 1);
            addGapSince(last, longestWait);
        }
        long imported = new UndeliveredFile(folder).moveTo(spool.writer(), stamp);
        tellFound(spool.foundPings() - spool.heldPings() + imported, spool.heldPings());
        Sealer sealer = new Sealer(open, spool, stamp, limits.uploadInterval(), onFault);
        Uploader uploader =
                new Uploader(
                        client,
                        recorder,
                        gate,
                        spool,
                        stamp,
                        clock,
                        new SetAsideFile(folder),
                        this::counts,
                        onFault);
        way = new Way(spool, sealer, uploader, imported);
        sealer.start();
        uploader.start();
    }

    /** What was confirmed is not marked within a file, which is sent again as a whole. */
    private static void tellFound(long ready, long held) {
        if (ready > 0) {
            LOG.info(
                    "up to {} results of earlier runs are still to be delivered; of those that the"
                            + " recorder has already, nothing is stored twice",
                    ready);
        }
        if (held > 0) {
            LOG.error(
                    "{} results of earlier runs are held back, for a file before them cannot be"
                            + " read: they count as queued, and to --spool-limit",
                    held);
        }
    }

    private Spool spool() throws IOException {
        try {
            return new Spool(folder.file("spool"), limits.spool(), clock);
        } catch (IOException e) {
            throw new IOException(
                    "cannot read the undelivered results in %s (%s): mend it, or move it away and start again"
                            .formatted(folder.file("spool"), FileFault.reason(e)),
                    e);
        }
    }

    /**
     * Until each ip's first slot, nobody pings it. What lasts until then ends with the first
     * timetable that begins later, and one of the run before may have: so it begins only now. A run
     * that was killed may have been late with what it handed over; more of it than that is stored,
     * and a stored ping is not missing.
     */
    private void addGapSince(LastRun last, Duration longestWait) {
        boolean stopped = last.stoppedMicros() >= 0;
        long fromMicros =
                stopped
                        ? last.stoppedMicros()
                        : last.sealedMicros() - longestWait.plus(MOST_LATE).toNanos() / 1_000;
        long nowMicros = stamp.nowMicros(0);
        if (fromMicros < nowMicros) {
            Gap.Reason reason = stopped ? Gap.Reason.WAS_STOPPED : Gap.Reason.NOT_RUNNING;
            open.add(Gap.ofAll(fromMicros, nowMicros, reason), 0);
            open.add(Gap.ofAll(nowMicros, Gap.OPEN, reason), 0);
        }
    }

    @Override
    public void decided(PingResult result) {
        open.add(result);
    }

    @Override
    public void cutOff(PingResult lost) {
        open.add(lost, true);
    }

    @Override
    public void hold(PingResult lost) {
        open.hold(lost);
    }

    @Override
    public void release(boolean cutOff) {
        open.release(cutOff);
    }

    @Override
    public void duplicate(PingedIp ip, long plannedEpochMicros) {
        open.duplicate(ip, plannedEpochMicros);
    }

    @Override
    public void begins(PingedIp ip, long firstEpochMicros) {
        open.add(new Running(BatchIp.of(ip), firstEpochMicros), stamp.steps());
    }

    @Override
    public void ends(PingedIp ip, long nextEpochMicros, End why) {
        Gap.Reason reason =
                switch (why) {
                    case STOPPED -> Gap.Reason.STOPPED;
                    case PAUSED -> Gap.Reason.PAUSED;
                };
        open.add(new Gap(BatchIp.of(ip), nextEpochMicros, Gap.OPEN, reason), stamp.steps());
    }

    /**
     * Takes what was measured of the host just now; it is delivered as pings are. Any thread.
     *
     * @param intervalMillis when the next one follows
     * @param names as many as values; both are taken over
     */
    public void measured(long intervalMillis, String[] names, double[] values) {
        int steps = stamp.steps();
        // Nobody measures more finely, and whole milliseconds are short.
        long atMicros = Math.floorDiv(stamp.nowMicros(steps), 1_000L) * 1_000;
        open.add(new Measurement(atMicros, intervalMillis, names, values), steps);
    }

    /** The clock that stamps pings was stepped; on the engine's thread. */
    public void clockMoved(long movedMicros) {
        stamp.stepped(movedMicros);
        if (movedMicros > 0) {
            addPassedOver(movedMicros);
        }
    }

    /** This client did not run for so long; on the engine's thread. */
    public void stood(long nanos) {
        addPassedOver(nanos / 1_000);
    }

    private void addPassedOver(long micros) {
        int steps = stamp.steps();
        long nowMicros = stamp.nowMicros(steps);
        open.add(Gap.ofAll(nowMicros - micros, nowMicros, Gap.Reason.NOT_RUNNING), steps);
    }

    /** Where every ping is that was ever handed over. */
    public DeliveryCounts counts() {
        Way at = way;
        if (at == null) {
            return new DeliveryCounts(open.accepted(), 0, 0, open.dropped(), open.size(), 0);
        }
        return new DeliveryCounts(
                open.accepted() + at.spool.foundPings() + at.imported,
                at.uploader.delivered(),
                at.uploader.refused(),
                open.dropped() + at.spool.droppedPings(),
                open.size() + at.spool.waitingPings(),
                at.spool.heldPings());
    }

    /**
     * Seals everything, lets the upload go on for a moment, and leaves the rest on disk. An
     * interrupt only ends the patience. No ping may be handed over any more.
     *
     * @param stoppedMicros from when on nothing was pinged, or not to its end
     * @param patience for uploads
     * @return how many pings are on disk
     * @throws IOException if they could not be written
     */
    public long stop(long stoppedMicros, Duration patience) throws IOException {
        Way at = way;
        if (at == null) {
            return 0;
        }
        open.release(false); // what became of the references nobody will know
        open.add(Gap.ofAll(stoppedMicros, Gap.OPEN, Gap.Reason.STOPPED), stamp.steps());
        // An interrupted thread cannot write files.
        boolean interrupted = Thread.interrupted();
        try {
            interrupted |= at.sealer.end();
            interrupted |= at.uploader.end(interrupted ? Duration.ZERO : patience);
            tellLateDuplicates();
            at.spool.writer().close();
            if (at.sealer.failed()) {
                throw new IOException("sealing had ended by a fault");
            }
            return at.spool.waitingPings();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tellLateDuplicates() {
        if (open.lateDuplicates() > 0) {
            LOG.info(
                    "{} duplicates came after their pings were sealed and are counted on none",
                    open.lateDuplicates());
        }
    }
}
