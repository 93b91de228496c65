package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pingrecorder.agent.batch.BatchDecoder;
import org.pingrecorder.agent.batch.BatchHeader;
import org.pingrecorder.agent.batch.CorruptException;
import org.pingrecorder.agent.batch.ReadDictionary;
import org.pingrecorder.agent.config.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a spool: {@code 0000000000000042.segment}, oldest first by their names. */
final class SpoolFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
    private static final Pattern NAME = Pattern.compile("[0-9]{16}\\.segment");

    private static final UUID NO_SPOOL = new UUID(0, 0);

    private final Path folder;
    private final List<Path> undeletable = new ArrayList<>();
    private final DamagedFiles damaged;
    private long nextSequence = 1;

    /**
     * A folder that may not be there yet, or not be writable.
     *
     * @param folder that holds nothing else
     */
    SpoolFolder(Path folder) {
        this.folder = folder;
        this.damaged = new DamagedFiles(folder);
    }

    /**
     * Makes the folder if need be, and reads what is left of earlier runs, oldest first; what
     * cannot be read now is among it.
     */
    List<Segment> open() throws IOException {
        Files.createDirectories(folder);
        List<Segment> segments = new ArrayList<>();
        Set<UUID> incomplete = new HashSet<>();
        boolean oneIsMissing = false;
        for (Path file : files()) {
            nextSequence = sequence(file) + 1;
            try {
                Segment segment = open(file);
                if (oneIsMissing) {
                    incomplete.add(segment.spool);
                    oneIsMissing = false;
                }
                if (incomplete.contains(segment.spool)) {
                    segment.access = Segment.Access.HELD;
                }
                if (segment.size > SegmentFormat.HEADER_BYTES) {
                    segments.add(segment);
                } else {
                    deleteEmpty(file); // nothing was ever appended to it, not whole
                }
            } catch (UnreadableSegmentException e) {
                tell(file, e);
                if (e.isOfAnotherVersion()) {
                    segments.add(closed(file, Segment.Access.OF_ANOTHER_VERSION));
                }
            } catch (IOException e) {
                LOG.error(
                        "cannot read {} ({}): its results are not delivered, nor those of the same"
                                + " run after it, for the recorder would then refuse its own; mend"
                                + " it, or move it away, and start again",
                        file,
                        FileFault.reason(e));
                oneIsMissing = true;
                segments.stream()
                        .filter(segment -> segment.access.isReadable())
                        .reduce((_, last) -> last)
                        .ifPresent(last -> incomplete.add(last.spool));
                segments.add(closed(file, Segment.Access.UNREADABLE));
            }
        }
        for (Path file : damaged.open()) {
            nextSequence = Math.max(nextSequence, sequence(file) + 1);
        }
        return segments;
    }

    private List<Path> files() throws IOException {
        return files(folder, NAME);
    }

    /** The files of a folder whose names are such, by their names. */
    static List<Path> files(Path folder, Pattern name) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> name.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long sequence(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 16));
    }

    private void tell(Path file, UnreadableSegmentException e) throws IOException {
        if (e.isOfAnotherVersion()) {
            LOG.error(
                    "{} is left alone ({}): start the version that wrote it, which delivers it, or"
                            + " delete it",
                    file,
                    e.getMessage());
        } else if (Files.size(file) == 0) {
            deleteEmpty(file); // made, and then there was no room or no power
        } else {
            LOG.error("{} cannot be read ({})", file, e.getMessage());
            try {
                damaged.keep(file);
            } catch (IOException cause) {
                LOG.error("{} cannot be renamed ({})", file, FileFault.reason(cause));
            }
        }
    }

    /** Nothing is lost with it, and nothing is in its way. */
    private void deleteEmpty(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            LOG.warn("cannot delete {}, which is empty ({})", file, FileFault.reason(e));
            undeletable.add(file);
        }
    }

    /** One of which only the outside is known. */
    private static Segment closed(Path file, Segment.Access access) throws IOException {
        Segment segment = new Segment(sequence(file), NO_SPOOL, FileBytes.existing(file));
        BasicFileAttributes outside = Files.readAttributes(file, BasicFileAttributes.class);
        segment.access = access;
        segment.size = outside.size();
        segment.lastMicros = outside.lastModifiedTime().to(TimeUnit.MICROSECONDS);
        segment.firstMicros =
                Math.min(segment.lastMicros, outside.creationTime().to(TimeUnit.MICROSECONDS));
        segment.ageMicros = segment.lastMicros;
        return segment;
    }

    private Segment open(Path file) throws IOException {
        FileBytes bytes = FileBytes.existing(file);
        long size = bytes.size();
        byte[] header = new byte[SegmentFormat.HEADER_BYTES];
        if (size < header.length) {
            throw new UnreadableSegmentException("it is shorter than its first bytes", false);
        }
        bytes.read(0, header, header.length);
        UUID spool = SegmentFormat.spool(header);
        Segment segment = new Segment(sequence(file), spool, bytes);
        if (!readSummary(segment, size)) {
            scan(segment, file, size);
        }
        bytes.close();
        return segment;
    }

    private static boolean readSummary(Segment segment, long size) throws IOException {
        RecordReader records = new RecordReader(segment.bytes);
        long at = size - SegmentFormat.HEAD_BYTES - SegmentFormat.SUMMARY_BYTES;
        records.seek(Math.max(SegmentFormat.HEADER_BYTES, at));
        if (!records.next(size) || records.isBatch() || records.skipped() > 0) {
            return false;
        }
        SegmentFormat.Summary summary = SegmentFormat.Summary.of(records.body());
        segment.pings = summary.pings();
        segment.firstMicros = summary.firstMicros();
        segment.lastMicros = summary.lastMicros();
        segment.ageMicros = summary.lastMicros();
        segment.size = at;
        return true;
    }

    /** Counts what a segment that was not closed holds, and finds its end. */
    private static void scan(Segment segment, Path file, long size) throws IOException {
        RecordReader records = new RecordReader(segment.bytes);
        ReadDictionary dictionary = new ReadDictionary();
        while (records.next(size)) {
            if (records.isBatch()) {
                try {
                    BatchHeader batch =
                            new BatchDecoder(records.body(), records.length(), dictionary).header();
                    segment.count(batch);
                    segment.ageMicros = batch.sealedMicros();
                } catch (CorruptException e) {
                    LOG.debug("reported when it is to be delivered", e);
                }
            }
            segment.size = records.end();
        }
        if (size > segment.size) {
            LOG.warn(
                    "the last {} bytes of {} were not written to their end (killed, or the power"
                            + " failed) and are cut off",
                    size - segment.size,
                    file);
        }
    }

    Segment createFile(UUID spool) throws IOException {
        Files.createDirectories(folder);
        Segment segment = new Segment(nextSequence, spool, FileBytes.create(file(nextSequence)));
        nextSequence++;
        return segment;
    }

    Segment createInMemory(UUID spool) {
        return new Segment(nextSequence++, spool, new MemoryBytes());
    }

    /** Where a segment in memory is to be on disk. */
    FileBytes write(Segment segment, MemoryBytes content) throws IOException {
        Files.createDirectories(folder);
        FileBytes bytes = FileBytes.create(file(segment.sequence));
        try {
            content.copyTo(bytes);
            bytes.close();
        } catch (IOException e) {
            bytes.close();
            // It would take up the room that is lacking, and hide behind a name that is in use.
            Files.deleteIfExists(file(segment.sequence));
            throw e;
        }
        return bytes;
    }

    private Path file(long sequence) {
        return folder.resolve(String.format(Locale.ROOT, "%016d.segment", sequence));
    }

    /**
     * Deletes a segment's file, or keeps it under another name if it is damaged. For the thread
     * that appends and the one that uploads.
     */
    synchronized void remove(Segment segment) {
        try {
            segment.bytes.close();
            if (segment.inMemory()) {
                return;
            }
            if (segment.damageEnd > 0) {
                damaged.keep(file(segment.sequence));
                return;
            }
            undeletable.add(file(segment.sequence));
            for (Path file : List.copyOf(undeletable)) {
                Files.deleteIfExists(file);
                undeletable.remove(file);
            }
        } catch (IOException e) {
            LOG.error(
                    "cannot delete {}, which is no longer needed ({}): it will be read again at the"
                            + " next start, and nothing in it is stored twice",
                    file(segment.sequence),
                    FileFault.reason(e));
        }
    }

    /** What damaged files take; never waits for a disk. */
    long damagedBytes() {
        return damaged.bytes();
    }

    /** Makes room by one of them. */
    synchronized void deleteOldestDamaged() {
        damaged.deleteOldest();
    }
}
