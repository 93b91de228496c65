package org.pingrecorder.agent.delivery;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings that the recorder refused for good: kept in a file for whoever wants to mend them, up to a
 * bound, and told once per ip and reason. Thread-safe.
 */
final class SetAsideFile {

    private static final Logger LOG = LoggerFactory.getLogger(SetAsideFile.class);
    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_REASONS = 1_000;

    private final Path file;
    private final ObjectMapper mapper = ObjectMapper.getDefault();
    private final Set<String> told = new LinkedHashSet<>();
    private boolean full;

    SetAsideFile(DataFolder folder) {
        this.file = folder.file("set-aside.ndjson");
    }

    /**
     * Keeps one.
     *
     * @param reason the recorder's own words
     */
    synchronized void add(QueuedPing ping, String reason) {
        if (told.size() < MOST_REASONS && told.add(ping.ip() + " " + reason)) {
            LOG.warn(
                    "the ping of {} is not taken ({}): it and others like it are set aside in {}",
                    ping.ip(),
                    reason,
                    file);
        }
        try {
            write(ping);
        } catch (IOException | RuntimeException e) {
            if (told.add("write")) {
                LOG.error("cannot write {} ({}): refused pings are lost", file, e.toString());
            }
        }
    }

    private void write(QueuedPing ping) throws IOException {
        if (full) {
            return;
        }
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(mapper.writeValueAsBytes(ping.toWire()));
            out.write('\n');
        }
        if (Files.size(file) >= MOST_BYTES) {
            full = true;
            LOG.warn("{} is full: further refused pings are not kept", file);
        }
    }
}
