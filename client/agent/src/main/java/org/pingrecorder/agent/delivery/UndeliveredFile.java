package org.pingrecorder.agent.delivery;

import io.micronaut.serde.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.wire.NewPing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client could not deliver before it stopped, kept for its next start: one {@link NewPing} a
 * line. Written as a whole or not at all.
 */
final class UndeliveredFile {

    private static final Logger LOG = LoggerFactory.getLogger(UndeliveredFile.class);

    private final Path file;
    private final Path corrupt;
    private final ObjectMapper mapper = ObjectMapper.getDefault();

    UndeliveredFile(DataFolder folder) {
        this.file = folder.file("undelivered.ndjson");
        this.corrupt = folder.file("undelivered-corrupt.ndjson");
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Reads them, numbered from 0. Lines that cannot be read are moved to a file of their own and
     * reported together.
     *
     * @throws IOException with a message for people
     */
    List<QueuedPing> load() throws IOException {
        try {
            return read();
        } catch (IOException e) {
            throw new IOException(
                    "cannot read the undelivered results in %s (%s): mend it, or move it away and start again"
                            .formatted(file, FileFault.reason(e)),
                    e);
        }
    }

    private List<QueuedPing> read() throws IOException {
        List<QueuedPing> pings = new ArrayList<>();
        List<byte[]> broken = new ArrayList<>();
        if (!Files.exists(file)) {
            return pings;
        }
        // ISO-8859-1 keeps every byte of a broken line as it is.
        try (InputStream in = Files.newInputStream(file);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                try {
                    pings.add(QueuedPing.ofWire(pings.size(), read(bytes)));
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

    /** Replaces what is stored; on disk when this returns. */
    void save(List<QueuedPing> pings) throws IOException {
        if (pings.isEmpty()) {
            delete();
            return;
        }
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        whole,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            for (QueuedPing ping : pings) {
                out.write(mapper.writeValueAsBytes(ping.toWire()));
                out.write('\n');
            }
            out.flush();
            channel.force(true);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        flushFolder();
    }

    /** Forgets what is stored. */
    void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            flushFolder();
        }
    }

    /** Without it, the move may be lost with the power though the content is not. */
    private void flushFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
