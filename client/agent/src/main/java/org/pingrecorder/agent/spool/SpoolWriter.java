package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.batch.BatchEncoder;
import org.pingrecorder.agent.batch.BatchHeader;
import org.pingrecorder.agent.batch.WriteDictionary;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.icmp.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches to a spool: to a file, flushed each time, or to memory while the disk takes
 * nothing. Each run has a spool id of its own, so that no number is ever used twice. For one
 * thread, which nobody interrupts: that would close the file.
 */
public final class SpoolWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);

    /** A segment of which the recorder has everything is closed from here on, to be deleted. */
    private static final int LEAST_CLOSED_BYTES = 1 << 20;

    private static final int MOST_DICTIONARY = 100_000;
    private static final Duration DISK_RETRY = Duration.ofSeconds(5);
    private static final Duration TELL_AGAIN = Duration.ofMinutes(10);

    private final Spool spool;
    private final SpoolFolder folder;
    private final SpoolLimits limits;
    private final Clock clock;
    private final BatchEncoder encoder = new BatchEncoder();
    private final UUID ownId = UUID.randomUUID();
    private UUID id = ownId;
    private long nextNumber = 1;
    private @Nullable Segment current;
    private WriteDictionary dictionary = new WriteDictionary();
    private boolean currentEnds;
    private boolean diskFails;
    private long diskTriedNanos;
    private long diskToldNanos;

    /** Writes a batch. Called twice if the place that it was meant for takes nothing. */
    public interface Batch {
        /** Writes all of it with {@code encoder}, from begin to end, under this number. */
        BatchHeader write(BatchEncoder encoder, WriteDictionary dictionary, long number);
    }

    SpoolWriter(Spool spool, SpoolFolder folder, SpoolLimits limits, Clock clock) {
        this.spool = spool;
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    /** The spool id of this run. */
    public String id() {
        return ownId.toString();
    }

    /** Appends one. When this returns it is on disk, or in memory while the disk takes nothing. */
    public void append(Batch batch) {
        if (diskFails && clock.nanoTime() - diskTriedNanos >= DISK_RETRY.toNanos()) {
            tryDiskAgain();
        }
        // Whatever comes of it: the recorder would take a number's second batch for its first.
        long number = nextNumber++;
        try {
            write(batch, number, diskFails);
        } catch (IOException e) {
            diskFailed(e);
            writeToMemory(batch, number);
        } catch (RuntimeException | Error e) {
            // Its dictionary may know what was never written.
            endSegment();
            throw e;
        }
        keepWithinLimits();
    }

    /** The batch is safe, whatever comes of the room for others. */
    private void keepWithinLimits() {
        try {
            spool.keepWithinLimits();
        } catch (RuntimeException e) {
            LOG.error("room in the spool could not be made for a fault in this client", e);
        }
    }

    private void writeToMemory(Batch batch, long number) {
        try {
            write(batch, number, true);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    private void write(Batch batch, long number, boolean toMemory) throws IOException {
        Segment before = current;
        if (before != null && !isFull(before)) {
            write(batch, number, before);
            return;
        }
        Segment to = toMemory ? folder.createInMemory(id) : folder.createFile(id);
        dictionary = new WriteDictionary();
        try {
            to.bytes.append(SegmentFormat.header(id), SegmentFormat.HEADER_BYTES);
            write(batch, number, to);
        } catch (IOException | RuntimeException | Error e) {
            folder.remove(to);
            throw e;
        }
        current = to;
        currentEnds = false;
        // Not before: the newest batch there is tells the next start when this run ended.
        if (before != null) {
            end(before);
            spool.closed(before);
        }
    }

    private void write(Batch batch, long number, Segment to) throws IOException {
        BatchHeader header = batch.write(encoder, dictionary, number);
        to.append(SegmentFormat.BATCH, encoder.bytes(), encoder.size());
        spool.appended(to, header, SegmentFormat.HEAD_BYTES + encoder.size());
    }

    private boolean isFull(Segment segment) {
        int most = segment.inMemory() ? limits.memorySegmentBytes() : limits.segmentBytes();
        return currentEnds
                || segment.size >= most
                || dictionary.size() >= MOST_DICTIONARY
                || (segment.size >= LEAST_CLOSED_BYTES && spool.isConfirmed(segment));
    }

    /** Without its summary it is only read more slowly. */
    private static void end(Segment segment) {
        byte[] summary = segment.summary().body();
        try (SegmentBytes bytes = segment.bytes) {
            segment.append(SegmentFormat.SUMMARY, summary, summary.length);
        } catch (IOException e) {
            LOG.debug("the next batch will tell that the disk fails", e);
        }
    }

    private void diskFailed(IOException e) {
        tellDiskFails(e);
        diskFails = true;
        diskTriedNanos = clock.nanoTime();
        abandon();
    }

    private void tellDiskFails(IOException e) {
        diskToldNanos = clock.nanoTime();
        LOG.error(
                "the disk does not take results ({}): pinging and delivery go on, and what the"
                        + " recorder does not have is in memory only, the newest {} MiB; make room"
                        + " or make it writable",
                FileFault.reason(e),
                limits.memoryBytes() >> 20);
    }

    /** Leaves a segment whose end may be half written. */
    private void abandon() {
        Segment failed = current;
        current = null;
        if (failed != null) {
            try {
                failed.bytes.close();
            } catch (IOException e) {
                LOG.debug("it had failed before", e);
            }
            spool.closed(failed);
        }
    }

    private void tryDiskAgain() {
        diskTriedNanos = clock.nanoTime();
        try {
            moveToDisk(false);
            LOG.info("the disk takes results again");
        } catch (IOException e) {
            if (clock.nanoTime() - diskToldNanos >= TELL_AGAIN.toNanos()) {
                tellDiskFails(e);
            }
        }
    }

    /**
     * Moves all that is in memory.
     *
     * @param ending whether nothing follows: the newest batch, confirmed or not, tells the next
     *     start how this run ended
     */
    private void moveToDisk(boolean ending) throws IOException {
        Segment newest = current;
        for (Segment segment : spool.inMemory()) {
            if (segment.bytes instanceof MemoryBytes content) {
                spool.moved(segment, folder.write(segment, content));
                if (segment.equals(current)) {
                    current = null;
                }
                if (!ending || !segment.equals(newest)) {
                    spool.closed(segment);
                }
            }
        }
        diskFails = false;
    }

    /**
     * Appends batches of another origin under a spool id of their own.
     *
     * @param origin the same whenever these batches are appended, so that they are stored once
     * @return whether they are on disk
     */
    public boolean appendForeign(UUID origin, Iterable<Batch> batches) {
        endSegment();
        long ownNumber = nextNumber;
        id = origin;
        nextNumber = 1;
        try {
            batches.forEach(this::append);
            endSegment();
        } finally {
            id = ownId;
            nextNumber = ownNumber;
        }
        return !diskFails;
    }

    /** The next batch goes to a segment of its own; what is confirmed before it can go. */
    public void endSegment() {
        currentEnds = true;
    }

    /**
     * Ends the spool.
     *
     * @throws IOException if what the recorder does not have could not be put on disk
     */
    public void close() throws IOException {
        if (diskFails) {
            try {
                moveToDisk(true);
            } catch (IOException e) {
                if (spool.inMemory().stream().anyMatch(s -> !spool.isConfirmed(s))) {
                    throw e;
                }
                LOG.debug("the next start will not know how this run ended", e);
            }
        }
        if (current != null) {
            end(current);
        }
    }
}
