package org.pingrecorder.agent.delivery;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;
import org.pingrecorder.agent.batch.Series;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.wire.NewPing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the recorder refused for good, kept for whoever wants to mend it, up to a bound: pings in
 * one file, batches that it refused as a whole in another. Told once per ip and reason. For one
 * thread.
 */
final class SetAsideFile {

    private static final Logger LOG = LoggerFactory.getLogger(SetAsideFile.class);
    private static final long MOST_PING_BYTES = 16 << 20;
    private static final long MOST_BATCH_BYTES = 64 << 20;
    private static final int MOST_REASONS = 1_000;

    private final Path pings;
    private final Path batches;
    private final ObjectMapper mapper = ObjectMapper.getDefault();
    private final Set<String> told = new LinkedHashSet<>();

    SetAsideFile(DataFolder folder) {
        this.pings = folder.file("set-aside.ndjson");
        this.batches = folder.file("set-aside-batches.ndjson");
    }

    /**
     * Keeps one ping; what cannot be kept is lost, and said so once.
     *
     * @param reason the recorder's own words
     */
    void add(Series series, int index, String reason) {
        tellOnce(series.ip().ip() + " " + reason, series.ip().ip(), reason);
        Double latencyMs =
                series.latencyMicros(index) < 0 ? null : series.latencyMicros(index) / 1_000.0;
        Instant at = Instant.EPOCH.plus(series.epochMicros(index), ChronoUnit.MICROS);
        NewPing ping =
                new NewPing(
                        series.ip().ip(),
                        series.ip().family(),
                        latencyMs,
                        series.ip().name(),
                        at.toString(),
                        series.outcome(index).text());
        try {
            if (!append(pings, mapper.writeValueAsBytes(ping), MOST_PING_BYTES)) {
                tellLost("it is full");
            }
        } catch (IOException e) {
            tellLost(FileFault.reason(e));
        }
    }

    private void tellOnce(String key, String ip, String reason) {
        if (told.size() < MOST_REASONS && told.add(key)) {
            LOG.warn(
                    "a ping of {} is not taken ({}): it and others like it are set aside in {}",
                    ip,
                    reason,
                    pings);
        }
    }

    private void tellLost(String why) {
        if (told.add("write")) {
            LOG.error("cannot write {} ({}): refused pings are lost", pings, why);
        }
    }

    /**
     * Keeps one batch.
     *
     * @param json as it was sent
     * @return false if there is no room for it, which is said once
     */
    boolean addBatch(byte[] json, String reason) {
        try {
            if (append(batches, json, MOST_BATCH_BYTES)) {
                LOG.error(
                        "the recorder refuses a whole batch for good ({}): it is set aside in {},"
                                + " and the others are delivered",
                        reason,
                        batches);
                told.remove("batch");
                return true;
            }
            tellWaiting("it is full: look at it, and move it away");
        } catch (IOException e) {
            tellWaiting(FileFault.reason(e));
        }
        return false;
    }

    private void tellWaiting(String why) {
        if (told.add("batch")) {
            LOG.error(
                    "the recorder refuses a whole batch for good, and {} cannot take it ({}):"
                            + " delivery waits",
                    batches,
                    why);
        }
    }

    private static boolean append(Path file, byte[] line, long mostBytes) throws IOException {
        if (Files.exists(file) && Files.size(file) >= mostBytes) {
            return false;
        }
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(line);
            out.write('\n');
        }
        return true;
    }
}
