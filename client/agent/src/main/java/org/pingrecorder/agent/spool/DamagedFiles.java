package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments of which something could not be read, {@code 0000000000000042.segment.damaged}: kept for
 * whoever wants to look at them, but not without end. What they held was delivered or reported as
 * dropped. For one thread at a time, but for {@link #bytes}.
 */
final class DamagedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DamagedFiles.class);
    private static final String SUFFIX = ".damaged";
    private static final Pattern NAME = Pattern.compile("[0-9]{16}\\.segment\\" + SUFFIX);
    private static final int MOST = 16;

    private final Path folder;
    private volatile long bytes;

    DamagedFiles(Path folder) {
        this.folder = folder;
    }

    /** Those of earlier runs. */
    List<Path> open() throws IOException {
        count();
        return files();
    }

    private List<Path> files() throws IOException {
        return SpoolFolder.files(folder, NAME);
    }

    private void count() throws IOException {
        long sum = 0;
        for (Path file : files()) {
            sum += Files.size(file);
        }
        bytes = sum;
    }

    /** What they take; for any thread. */
    long bytes() {
        return bytes;
    }

    /** Keeps a segment's file under another name, and the newest others. */
    void keep(Path file) throws IOException {
        Path kept = file.resolveSibling(file.getFileName() + SUFFIX);
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        LOG.error("what cannot be read is kept in {}", kept);
        List<Path> all = files();
        for (Path oldest : all.subList(0, Math.max(0, all.size() - MOST))) {
            Files.delete(oldest);
        }
        count();
    }

    /** Makes room. */
    void deleteOldest() {
        try {
            Path oldest = files().getFirst();
            Files.delete(oldest);
            LOG.warn("{} is deleted to make room (see --spool-limit)", oldest);
            count();
        } catch (IOException | NoSuchElementException e) {
            LOG.error("cannot make room by deleting damaged files of the spool", e);
            bytes = 0; // else it would be tried for ever
        }
    }
}
