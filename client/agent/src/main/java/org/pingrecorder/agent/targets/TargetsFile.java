package org.pingrecorder.agent.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.wire.TargetsText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of targets, read again when it changes. What cannot be read in it is told once; what can
 * is used. For one thread.
 */
final class TargetsFile {

    private static final Logger LOG = LoggerFactory.getLogger(TargetsFile.class);

    /** What differs between a file and the same file changed or replaced. */
    private record Stamp(FileTime modified, long bytes, @Nullable Object key) {}

    private final Path file;
    private List<TargetsText.Target> targets = List.of();
    private Set<TargetsText.Fault> toldFaults = Set.of();
    private @Nullable Stamp read;
    private @Nullable Stamp seen;
    private boolean toldUnreadable;

    TargetsFile(Path file) {
        this.file = file;
    }

    /** What was read last. */
    List<TargetsText.Target> targets() {
        return targets;
    }

    /**
     * Reads the file for the first time.
     *
     * @throws IOException if it cannot be read
     */
    void readFirst() throws IOException {
        Stamp stamp = stamp();
        read();
        read = stamp;
        seen = stamp;
    }

    /**
     * Looks whether the file has changed, and reads it if it has and then stayed as it is for one
     * look: whoever writes it may be half done.
     *
     * @return whether there are other targets now
     */
    boolean poll() {
        List<TargetsText.Target> before = targets;
        try {
            Stamp now = stamp();
            if (!now.equals(read) && now.equals(seen)) {
                read();
                read = now;
            }
            seen = now;
            if (toldUnreadable) {
                LOG.info("{} can be read again", file);
                toldUnreadable = false;
            }
        } catch (IOException e) {
            if (!toldUnreadable) {
                LOG.warn(
                        "{} cannot be read ({}): its {} targets are kept",
                        file,
                        FileFault.reason(e),
                        targets.size());
                toldUnreadable = true;
            }
        }
        return !targets.equals(before);
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private void read() throws IOException {
        TargetsText text = TargetsText.parse(Files.readString(file));
        targets = text.targets();
        for (TargetsText.Fault fault : text.faults()) {
            if (!toldFaults.contains(fault)) {
                LOG.warn("{}, line {} is left out: {}", file, fault.line(), fault.message());
            }
        }
        toldFaults = Set.copyOf(text.faults());
    }
}
