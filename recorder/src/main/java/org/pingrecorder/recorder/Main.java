package org.pingrecorder.recorder;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pingrecorder.recorder.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar recorder.jar}: starts the recorder and runs until it is told to stop. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private static final int START_LIMIT_SECONDS = 60;

    private static final String HELP =
            """
            Usage: java -jar recorder.jar [--help | --version]

            Runs the recorder until SIGTERM or Ctrl-C. It is set up by environment variables, or
            below "recorder:" in a YAML file, where RECORDER_KEEP_PINGS is keep-pings and so on:

              RECORDER_HOST   address to listen on (127.0.0.1); beyond loopback needs RECORDER_OPEN
              RECORDER_PORT   TCP port, 1 to 65535, or 0 for any free one (5001)
              RECORDER_OPEN   true: others may reach this recorder, which asks for no password (false)
              RECORDER_NAMES  further host names callers use for this machine, comma-separated (none)
              RECORDER_DATA   data folder of the embedded PostgreSQL (data)
              RECORDER_KEEP_PINGS
                              how long pings are kept, a number of days such as 90d (for ever)
              RECORDER_KEEP_SUMMARIES
                              the same for hourly summaries and outages, not less (for ever)
              RECORDER_CONFIG the YAML file (recorder.yml, if it is there)

              DATASOURCES_DEFAULT_URL, _USERNAME, _PASSWORD
                              a PostgreSQL of your own, 15 or newer, instead of the embedded one:
                              jdbc:postgresql://host:5432/database

            Exit status: 0 stopped, 1 could not start (one line says why), 2 bad use.
            """;

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            System.exit(answer(args));
        }
        CompletableFuture<Recorder> started = new CompletableFuture<>();
        try {
            // Before the start: a signal may come while the database comes up.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "stop"));
            Recorder recorder = Recorder.start(Map.of());
            LOG.info("Recorder: {}", recorder.uri());
            started.complete(recorder);
            new CountDownLatch(1).await();
        } catch (StartFailure e) {
            started.completeExceptionally(e);
            LOG.debug("The start failed.", e);
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Waits for a start that is under way, then stops in good order. Without the halt the JVM would
     * end with 143, as if the signal had killed it.
     */
    private static void stop(CompletableFuture<Recorder> started) {
        try {
            started.get(START_LIMIT_SECONDS, TimeUnit.SECONDS).close();
            Runtime.getRuntime().halt(0);
        } catch (ExecutionException e) {
            LOG.debug("Nothing to stop: the start failed.", e);
        } catch (TimeoutException e) {
            LOG.error("The start takes too long to wait for; the next one stops what it leaves.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int answer(String[] args) {
        String version = Main.class.getPackage().getImplementationVersion();
        switch (args[0]) {
            case "--help", "-h" -> System.out.print(HELP);
            case "--version", "-V" ->
                    System.out.println(
                            "recorder " + (version == null ? "(not packaged)" : version));
            default -> {
                System.err.println(
                        "Unknown argument '" + args[0] + "'; see java -jar recorder.jar --help");
                return 2;
            }
        }
        return 0;
    }
}
