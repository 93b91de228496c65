package org.pingrecorder.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.agent.run.RunCommand;
import org.pingrecorder.icmp.Clock;
import picocli.CommandLine;

/**
 * The client's {@code run} command in a process of its own, as its jar runs it, but with a wall
 * clock that is off by the seconds in a file: that of the machine cannot be set for one process.
 */
public final class ClientWithClock {

    private ClientWithClock() {}

    /** The file, then the arguments of {@code run}. */
    public static void main(String[] arguments) throws IOException {
        OffsetClock clock = new OffsetClock(Path.of(arguments[0]));
        Surroundings surroundings = new Surroundings(System.getenv(), Path.of(""), clock);
        String[] rest = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, rest, 0, rest.length);
        System.exit(new CommandLine(new RunCommand(surroundings)).execute(rest));
    }

    private static final class OffsetClock implements Clock {

        private final Path file;
        private volatile long offsetMicros;

        OffsetClock(Path file) throws IOException {
            this.file = file;
            read();
            Thread.ofPlatform().name("clock").daemon().start(this::watch);
        }

        private void read() throws IOException {
            String seconds = Files.readString(file).strip();
            if (!seconds.isEmpty()) {
                offsetMicros = TimeUnit.SECONDS.toMicros(Long.parseLong(seconds));
            }
        }

        private void watch() {
            try {
                while (true) {
                    TimeUnit.MILLISECONDS.sleep(20);
                    read();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochMicros() {
            return Clock.system().epochMicros() + offsetMicros;
        }

        @Override
        public long epochNanos() {
            return Clock.system().epochNanos() + offsetMicros * 1_000;
        }
    }
}
