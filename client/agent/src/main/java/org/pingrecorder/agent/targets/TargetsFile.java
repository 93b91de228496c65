package org.pingrecorder.agent.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final int MOST_NAMED = 10;

    /** What differs between a file and the same file changed or replaced. */
    private record Stamp(FileTime modified, long bytes, @Nullable Object key) {}

    private final Path file;
    private Set<TargetsText.Fault> toldFaults = Set.of();
    private List<TargetsText.Repeat> toldRepeats = List.of();
    private @Nullable Stamp read;
    private @Nullable Stamp seen;
    private boolean toldUnreadable;

    TargetsFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file for the first time.
     *
     * @return what is in it
     * @throws IOException if it cannot be read
     */
    List<TargetsText.Target> readFirst() throws IOException {
        Stamp stamp = stamp();
        List<TargetsText.Target> targets = read();
        read = stamp;
        seen = stamp;
        return targets;
    }

    /**
     * Looks whether the file has changed, and reads it if it has and then stayed as it is for one
     * look: whoever writes it may be half done.
     *
     * @return what is in it if it was read, else null
     */
    @Nullable List<TargetsText.Target> poll() {
        List<TargetsText.Target> targets = null;
        try {
            Stamp now = stamp();
            if (!now.equals(read) && now.equals(seen)) {
                targets = read();
                read = now;
            }
            seen = now;
            if (toldUnreadable) {
                LOG.info("{} can be read again", file);
                toldUnreadable = false;
            }
        } catch (IOException e) {
            if (!toldUnreadable) {
                LOG.warn("{} cannot be read ({}): its targets are kept", file, FileFault.reason(e));
                toldUnreadable = true;
            }
        }
        return targets;
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private List<TargetsText.Target> read() throws IOException {
        TargetsText text = TargetsText.parse(Files.readString(file));
        for (TargetsText.Fault fault : text.faults()) {
            if (!toldFaults.contains(fault)) {
                LOG.warn("{}, line {} is left out: {}", file, fault.line(), fault.message());
            }
        }
        toldFaults = Set.copyOf(text.faults());
        tellRepeats(text.repeats());
        return text.targets();
    }

    private void tellRepeats(List<TargetsText.Repeat> repeats) {
        if (!repeats.isEmpty() && !repeats.equals(toldRepeats)) {
            String named =
                    repeats.stream()
                            .limit(MOST_NAMED)
                            .map(
                                    r ->
                                            "line %d as line %d (%s)"
                                                    .formatted(
                                                            r.line(), r.firstLine(), r.address()))
                            .collect(Collectors.joining(", "));
            LOG.warn(
                    "{} names targets twice, which are pinged once: {}{}",
                    file,
                    named,
                    repeats.size() > MOST_NAMED
                            ? ", and " + (repeats.size() - MOST_NAMED) + " more"
                            : "");
        }
        toldRepeats = repeats;
    }
}
