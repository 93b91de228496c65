package org.pingrecorder.agent.hostmetrics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pingrecorder.agent.config.FileFault;

/** A file of gauges, read anew each time. */
final class GaugeFile implements Gauges.Text {

    private final Path file;

    GaugeFile(Path file) {
        this.file = file;
    }

    @Override
    public String get() throws IOException {
        // Whoever opens a pipe to read it waits for its writer.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("cannot read " + file + ": it is no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Gauges.MOST_BYTES + 1);
            if (bytes.length > Gauges.MOST_BYTES) {
                throw new IOException("it is longer than " + Gauges.MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + FileFault.reason(e), e);
        }
    }
}
