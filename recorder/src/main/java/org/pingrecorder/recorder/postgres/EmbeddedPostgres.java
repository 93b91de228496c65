package org.pingrecorder.recorder.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server that belongs to this recorder: durable, reachable only from this machine
 * and only by password, started and stopped with the recorder, and started again should it die. A
 * server that an earlier recorder left running when it was killed is stopped first. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /** Crash recovery after a power loss may take a while; it must not be cut short. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final int START_ATTEMPTS = 5;

    private final DataFolder dataFolder;
    private final Cluster cluster;
    private final Commands commands;
    private final int port;
    private boolean closed;

    private EmbeddedPostgres(DataFolder dataFolder, Cluster cluster, Commands commands, int port) {
        this.dataFolder = dataFolder;
        this.cluster = cluster;
        this.commands = commands;
        this.port = port;
    }

    /**
     * Starts the server of a data folder, making both if need be.
     *
     * @throws StartFailure in words for the operator
     */
    public static EmbeddedPostgres start(Path folder) throws StartFailure {
        DataFolder dataFolder = DataFolder.lock(folder);
        try {
            return start(dataFolder);
        } catch (IOException e) {
            closeAfter(e, dataFolder);
            throw new StartFailure(
                    "The data folder " + dataFolder.path() + " cannot be used: " + e, e);
        } catch (StartFailure e) {
            closeAfter(e, dataFolder);
            throw e;
        } catch (InterruptedException e) {
            closeAfter(e, dataFolder);
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted.", e);
        }
    }

    private static EmbeddedPostgres start(DataFolder dataFolder)
            throws StartFailure, IOException, InterruptedException {
        Path path = dataFolder.path();
        Commands commands = new Commands(Binaries.unpack(path.resolve("postgres-programs")));
        if (!commands.mayRun()) {
            throw new StartFailure(
                    "The embedded PostgreSQL cannot run as root here, because user namespaces are"
                            + " not allowed; start the recorder as an ordinary user, or set"
                            + " DATASOURCES_DEFAULT_URL to a PostgreSQL of your own.");
        }
        Cluster cluster = new Cluster(path);
        cluster.initialise(commands);
        stopOrphan(cluster, commands);
        EmbeddedPostgres postgres = new EmbeddedPostgres(dataFolder, cluster, commands, freePort());
        postgres.startServer();
        return postgres;
    }

    /** The absolute path of the data folder. */
    public Path dataPath() {
        return dataFolder.path();
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return Cluster.USER;
    }

    public String password() throws StartFailure {
        try {
            return cluster.password();
        } catch (IOException e) {
            throw new StartFailure("The password of the embedded PostgreSQL is gone: " + e, e);
        }
    }

    private synchronized void startServer() throws StartFailure, IOException, InterruptedException {
        if (closed) {
            return;
        }
        cluster.configure(port);
        Commands.Result result = pgCtl(commands, cluster, START_LIMIT, "start");
        // Backends of a postmaster that was killed need a moment to notice and let go of memory.
        for (int attempt = 1; result.failed() && attempt < START_ATTEMPTS; attempt++) {
            TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE.toMillis());
            result = pgCtl(commands, cluster, START_LIMIT, "start");
        }
        if (result.failed()) {
            throw new StartFailure(
                    "The embedded PostgreSQL did not start; its log is in "
                            + cluster.folder().resolve("log")
                            + ": "
                            + result.output());
        }
        Optional<ProcessHandle> server = postmaster(cluster);
        Thread.ofVirtual()
                .name("postgres-watch")
                .start(
                        () -> {
                            server.ifPresent(process -> process.onExit().join());
                            keepRunning();
                        });
    }

    /** Runs when the server has ended, for whatever reason. */
    private void keepRunning() {
        while (!isClosed()) {
            LOG.error("The embedded PostgreSQL ended by itself; starting it again.");
            try {
                if (startedAgain()) {
                    return;
                }
                // A full disk fails at once: without a pause log lines would make it worse.
                TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean startedAgain() throws InterruptedException {
        try {
            startServer();
            LOG.info("The embedded PostgreSQL runs again.");
            return true;
        } catch (StartFailure | IOException e) {
            LOG.error("{}", e.getMessage());
            return false;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static Commands.Result pgCtl(
            Commands commands, Cluster cluster, Duration limit, String action, String... more)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                action,
                                "--pgdata=" + cluster.folder(),
                                "--wait",
                                "--timeout=" + limit.toSeconds()));
        arguments.addAll(List.of(more));
        return commands.run("pg_ctl", limit.plusSeconds(5), arguments.toArray(String[]::new));
    }

    private static void stopOrphan(Cluster cluster, Commands commands)
            throws StartFailure, IOException, InterruptedException {
        Path pidFile = cluster.folder().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = postmaster(cluster);
        if (orphan.isEmpty()) {
            // The folder is locked by us, and the number belongs to nobody or to a stranger:
            // process
            // numbers start over when a machine or container does. The file is a leftover.
            Files.delete(pidFile);
            return;
        }
        LOG.info(
                "Stopping the PostgreSQL (process {}) that a killed recorder left running.",
                orphan.get().pid());
        if (stop(cluster, commands).failed() && orphan.get().isAlive()) {
            throw new StartFailure(
                    "A PostgreSQL left by an earlier recorder (process "
                            + orphan.get().pid()
                            + ") does not stop; end it, then start the recorder again.");
        }
    }

    private static Commands.Result stop(Cluster cluster, Commands commands)
            throws IOException, InterruptedException {
        Commands.Result result = pgCtl(commands, cluster, STOP_LIMIT, "stop", "--mode=fast");
        return result.failed()
                ? pgCtl(commands, cluster, STOP_LIMIT, "stop", "--mode=immediate")
                : result;
    }

    /** The running server of the cluster, if the process its file names really is one. */
    private static Optional<ProcessHandle> postmaster(Cluster cluster) throws IOException {
        Path pidFile = cluster.folder().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        if (!pid.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .filter(process -> isServerOf(process, cluster.folder()));
    }

    /**
     * A server works in its data directory; where the system does not tell, its command names it.
     */
    private static boolean isServerOf(ProcessHandle process, Path folder) {
        Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            return Files.readSymbolicLink(workingFolder).equals(folder);
        } catch (IOException e) {
            return process.info().commandLine().orElse("").contains("-D " + folder);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void closeAfter(Exception cause, DataFolder dataFolder) {
        try {
            dataFolder.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Stops the server and gives the data folder back. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (dataFolder) {
            Commands.Result result = stop(cluster, commands);
            if (result.failed()) {
                LOG.warn("The embedded PostgreSQL did not stop cleanly: {}", result.output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
