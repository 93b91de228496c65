package org.pingrecorder.agent.delivery;

import io.micronaut.serde.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.pingrecorder.agent.batch.SeriesCutter;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.agent.spool.SpoolWriter;
import org.pingrecorder.wire.NewPing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client without a spool (of version 0.1) could not deliver before it stopped: one {@link
 * NewPing} a line. It is moved to the spool at the first start.
 */
final class UndeliveredFile {

    private static final Logger LOG = LoggerFactory.getLogger(UndeliveredFile.class);
    private static final int PINGS_A_BATCH = 10_000;

    private final Path file;
    private final Path corrupt;
    private final MessageDigest digest;
    private final ObjectMapper mapper = ObjectMapper.getDefault();

    UndeliveredFile(DataFolder folder) {
        this.file = folder.file("undelivered.ndjson");
        this.corrupt = folder.file("undelivered-corrupt.ndjson");
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Moves its pings to the spool, if there is such a file. Lines that cannot be read are moved to
     * a file of their own and reported together.
     *
     * @return how many pings
     * @throws IOException with a message for people
     */
    long moveTo(SpoolWriter spool, StampClock stamp) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            List<UndeliveredPing> pings = read();
            // By its content: killed before the file is gone, the next start makes the same spool.
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            UUID origin = new UUID(hash.getLong(), hash.getLong());
            if (spool.appendForeign(origin, batches(pings, stamp))) {
                Files.delete(file);
            }
            return pings.size();
        } catch (IOException e) {
            throw new IOException(
                    "cannot read the undelivered results in %s (%s): mend it, or move it away and start again"
                            .formatted(file, FileFault.reason(e)),
                    e);
        }
    }

    private static List<SpoolWriter.Batch> batches(List<UndeliveredPing> pings, StampClock stamp) {
        List<SpoolWriter.Batch> batches = new ArrayList<>();
        for (int from = 0; from < pings.size(); from += PINGS_A_BATCH) {
            List<UndeliveredPing> part =
                    pings.subList(from, Math.min(pings.size(), from + PINGS_A_BATCH));
            batches.add(
                    (encoder, dictionary, number) -> {
                        encoder.begin(dictionary, stamp.nowMicros(0));
                        part.forEach(
                                p ->
                                        encoder.add(
                                                SeriesCutter.single(
                                                        p.ip(),
                                                        p.epochMicros(),
                                                        p.outcome(),
                                                        p.latencyMicros())));
                        return encoder.end(number, stamp.epoch(0), null);
                    });
        }
        return batches;
    }

    private List<UndeliveredPing> read() throws IOException {
        List<UndeliveredPing> pings = new ArrayList<>();
        List<byte[]> broken = new ArrayList<>();
        // ISO-8859-1 keeps every byte of a broken line as it is.
        try (InputStream in = Files.newInputStream(file);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                digest.update(bytes);
                try {
                    pings.add(UndeliveredPing.of(read(bytes)));
                } catch (IOException | IllegalArgumentException e) {
                    broken.add(bytes);
                }
            }
        }
        if (!broken.isEmpty()) {
            setAside(broken);
        }
        return pings;
    }

    private NewPing read(byte[] line) throws IOException {
        NewPing ping = mapper.readValue(line, NewPing.class);
        if (ping == null) {
            throw new IOException("null is no ping");
        }
        return ping;
    }

    private void setAside(List<byte[]> broken) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(
                        corrupt, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (byte[] line : broken) {
                out.write(line);
                out.write('\n');
            }
        }
        LOG.warn(
                "{} of the lines in {} cannot be read; they are in {} now",
                broken.size(),
                file,
                corrupt);
    }
}
