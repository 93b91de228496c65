package org.pingrecorder.agent.hostmetrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.icmp.Clock;

/**
 * A command of the system's shell that writes gauges. One that does not end in time is ended, with
 * all that it started; whoever waits for it waits no longer than that.
 */
final class GaugeCommand implements Gauges.Text {

    static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LOOK_AGAIN_MILLIS = 20;

    private final String command;
    private final Duration limit;
    private final Clock clock;

    GaugeCommand(String command, Duration limit, Clock clock) {
        this.command = command;
        this.limit = limit;
        this.clock = clock;
    }

    private List<String> shell() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows ? List.of("cmd", "/c", command) : List.of("/bin/sh", "-c", command);
    }

    @Override
    public String get() throws IOException {
        Process process = start();
        try {
            return output(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        InterruptedIOException fault = new InterruptedIOException("this client stops");
        fault.initCause(cause);
        return fault;
    }

    private Process start() throws IOException {
        try {
            return new ProcessBuilder(shell())
                    .redirectInput(Redirect.from(nothing()))
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("it cannot be started: " + FileFault.reason(e), e);
        }
    }

    private static java.io.File nothing() {
        return Redirect.DISCARD.file();
    }

    private String output(Process process) throws IOException, InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        InputStream in = process.getInputStream();
        long startNanos = clock.nanoTime();
        boolean ended;
        do {
            ended = process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            while (in.available() > 0) {
                text.write(in.readNBytes(Math.min(in.available(), Gauges.MOST_BYTES)));
                if (text.size() > Gauges.MOST_BYTES) {
                    throw new IOException(
                            "it writes more than " + Gauges.MOST_BYTES + " bytes and was ended");
                }
            }
            if (!ended && clock.nanoTime() - startNanos > limit.toNanos()) {
                throw new IOException(
                        "it did not end within " + limit.toMillis() + " ms and was ended");
            }
        } while (!ended);
        if (process.exitValue() != 0) {
            throw new IOException("it ended with status " + process.exitValue());
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
