package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.batch.BatchHeader;
import org.pingrecorder.icmp.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sealed batches that the recorder does not have yet, oldest first: on disk, or in memory while
 * the disk takes nothing. What earlier runs left comes first. One thread appends through the {@link
 * #writer}, one reads through a {@link #reader}; everything here is thread-safe.
 *
 * <p>Of the pings ever appended or found, each is waiting, confirmed, or dropped.
 */
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Without a drop for so long, the next one is news. */
    private static final long EPISODE_MICROS = 3_600_000_000L;

    private final SpoolFolder folder;
    private final SpoolLimits limits;
    private final Clock clock;
    private final long openedMicros;
    private final long openedNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final @Nullable LastRun lastRun;
    private final SpoolWriter writer;
    private final long foundPings;
    private Salvage lost = new Salvage();
    private long droppedMicros = Long.MIN_VALUE / 2;
    private long droppedPings;
    private @Nullable Long recorderAheadMicros;

    /**
     * Takes up what earlier runs left.
     *
     * @param path of the folder, which holds nothing else
     * @throws IOException if it cannot be read
     */
    public Spool(Path path, SpoolLimits limits, Clock clock) throws IOException {
        this.folder = new SpoolFolder(path);
        this.limits = limits;
        this.clock = clock;
        this.openedMicros = clock.epochMicros();
        this.openedNanos = clock.nanoTime();
        List<Segment> found = folder.open();
        this.lastRun = LastRun.of(found);
        found.forEach(segment -> segment.found = true);
        segments.addAll(found);
        this.foundPings = waitingPings();
        this.writer = new SpoolWriter(this, folder, limits, clock);
    }

    /** How the run before ended; null if there is no trace of one. */
    public @Nullable LastRun lastRun() {
        return lastRun;
    }

    /** For the one thread that appends. */
    public SpoolWriter writer() {
        return writer;
    }

    /** For the one thread that reads. */
    public SpoolReader reader() {
        return new SpoolReader(this);
    }

    /** How many pings earlier runs left. */
    public long foundPings() {
        return foundPings;
    }

    /** How many pings the recorder does not have. */
    public long waitingPings() {
        lock.lock();
        try {
            return segments.stream().mapToLong(Segment::waitingPings).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many of {@link #waitingPings} cannot be delivered before a file can be read again. */
    public long heldPings() {
        lock.lock();
        try {
            return segments.stream()
                    .filter(segment -> segment.access != Segment.Access.READY)
                    .mapToLong(Segment::waitingPings)
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many pings were dropped, for want of room or because they could not be read. */
    public long droppedPings() {
        lock.lock();
        try {
            return droppedPings;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be said of batches that were dropped, in the next one; told once. */
    public Salvage takeLost() {
        lock.lock();
        try {
            Salvage taken = lost;
            lost = new Salvage();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Pings of this time, both ends included, never came here. */
    public void dropped(long firstMicros, long lastMicros) {
        lock.lock();
        try {
            lost.dropped(firstMicros, lastMicros);
        } finally {
            lock.unlock();
        }
    }

    /** What is to be said of a batch that the recorder will never have. */
    void lost(Salvage salvage) {
        lock.lock();
        try {
            lost.addAll(salvage);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The recorder told its time.
     *
     * @param recorderMicros in microseconds since the Unix epoch
     */
    public void recorderTold(long recorderMicros) {
        lock.lock();
        try {
            recorderAheadMicros = recorderMicros - nowMicros();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a batch that the recorder does not have, or the time is over. */
    public boolean await(Duration most) throws InterruptedException {
        long leftNanos = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (firstUnconfirmed() == null && leftNanos > 0) {
                leftNanos = appended.awaitNanos(leftNanos);
            }
            return firstUnconfirmed() != null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Segment firstUnconfirmed() {
        for (Segment segment : segments) {
            if (segment.access == Segment.Access.READY && !segment.isConfirmed()) {
                return segment;
            }
        }
        return null;
    }

    /** The part of a segment that a reader may read now. */
    record Part(Segment segment, SegmentBytes bytes, long from, long to, long firstMicros) {}

    /** The oldest part that is not confirmed; null if there is none. */
    @Nullable Part oldest() {
        lock.lock();
        try {
            Segment first = firstUnconfirmed();
            return first == null
                    ? null
                    : new Part(
                            first, first.bytes, first.confirmedEnd, first.size, first.firstMicros);
        } finally {
            lock.unlock();
        }
    }

    /** A whole record is on its segment's end. */
    void appended(Segment segment, BatchHeader batch, int bytes) {
        lock.lock();
        try {
            if (segment.size == SegmentFormat.HEADER_BYTES) {
                segment.open = true;
                segments.addLast(segment);
            }
            segment.size += bytes;
            segment.count(batch);
            segment.ageMicros = nowMicros();
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is appended to it. */
    void closed(Segment segment) {
        lock.lock();
        try {
            segment.open = false;
        } finally {
            lock.unlock();
        }
        removeIfConfirmed(segment);
    }

    /** A segment that was in memory is on disk. */
    void moved(Segment segment, SegmentBytes to) {
        lock.lock();
        try {
            segment.bytes = to;
            if (!segment.removed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        folder.remove(segment);
    }

    List<Segment> inMemory() {
        lock.lock();
        try {
            return segments.stream().filter(Segment::inMemory).toList();
        } finally {
            lock.unlock();
        }
    }

    boolean isConfirmed(Segment segment) {
        lock.lock();
        try {
            return segment.isConfirmed();
        } finally {
            lock.unlock();
        }
    }

    /** The recorder has a batch, and all before it in its segment. */
    boolean confirm(Segment segment, long end, int pings) {
        lock.lock();
        try {
            if (segment.removed) {
                return false; // dropped meanwhile, and counted so
            }
            segment.confirmedEnd = end;
            segment.confirmedPings += pings;
        } finally {
            lock.unlock();
        }
        removeIfConfirmed(segment);
        return true;
    }

    private void removeIfConfirmed(Segment segment) {
        lock.lock();
        try {
            if (segment.open || !segment.isConfirmed() || !segments.remove(segment)) {
                return;
            }
            segment.removed = true;
            droppedPings += segment.waitingPings(); // those that could not be read
        } finally {
            lock.unlock();
        }
        folder.remove(segment);
    }

    /** Something in a segment cannot be read; said and reported once for each place. */
    void damaged(Segment segment, long at, long bytes, long fromMicros, long toMicros) {
        lock.lock();
        try {
            if (at <= segment.damageEnd) {
                return;
            }
            segment.damageEnd = at;
            lost.dropped(fromMicros, toMicros);
        } finally {
            lock.unlock();
        }
        LOG.error(
                "{} bytes in segment {} of the spool cannot be read: what they held is lost, the"
                        + " rest is delivered",
                bytes,
                segment.sequence);
    }

    /** Gives up what is left of a segment. */
    void giveUp(Segment segment, String why) {
        lock.lock();
        try {
            if (segment.removed) {
                return;
            }
            segment.damageEnd = segment.size;
            segment.confirmedEnd = segment.size;
            lost.dropped(segment.firstMicros, segment.lastMicros);
        } finally {
            lock.unlock();
        }
        LOG.error(
                "segment {} of the spool cannot be read ({}): {} results are lost",
                segment.sequence,
                why,
                segment.waitingPings());
        removeIfConfirmed(segment);
    }

    /** Time by which segments age: the clock may be set, and must not make anything old. */
    private long nowMicros() {
        return openedMicros + (clock.nanoTime() - openedNanos) / 1_000;
    }

    /** Drops the oldest while there is too much. */
    void keepWithinLimits() {
        while (folder.damagedBytes() > 0 && bytesOnDisk() > limits.bytes()) {
            folder.deleteOldestDamaged();
        }
        for (Segment victim = takeVictim(); victim != null; victim = takeVictim()) {
            Salvage salvage = Salvage.from(victim);
            lock.lock();
            try {
                lost.addAll(salvage);
                lost.dropped(victim.firstMicros, victim.lastMicros);
                droppedPings += victim.waitingPings();
            } finally {
                lock.unlock();
            }
            folder.remove(victim);
        }
    }

    private long bytesOnDisk() {
        lock.lock();
        try {
            return Room.bytes(segments, false) + folder.damagedBytes();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Segment takeVictim() {
        lock.lock();
        try {
            Room.Victim victim =
                    Room.victim(
                            segments,
                            limits,
                            folder.damagedBytes(),
                            nowMicros(),
                            recorderAheadMicros);
            if (victim == null) {
                return null;
            }
            segments.remove(victim.segment());
            victim.segment().removed = true;
            releaseHeld();
            if (nowMicros() - droppedMicros > EPISODE_MICROS) {
                LOG.error("the oldest results are dropped from now on: {}", victim.why());
            }
            droppedMicros = nowMicros();
            return victim.segment();
        } finally {
            lock.unlock();
        }
    }

    /** What follows a segment that is dropped goes to the recorder: nothing is before it now. */
    private void releaseHeld() {
        if (segments.stream().noneMatch(s -> s.access == Segment.Access.UNREADABLE)) {
            segments.stream()
                    .filter(s -> s.access == Segment.Access.HELD)
                    .forEach(s -> s.access = Segment.Access.READY);
            appended.signalAll();
        }
    }
}
