package org.pingrecorder.bench.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pingrecorder.bench.Proc;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/**
 * A recorder with a database of its own, started as documented; both are gone when it is closed.
 */
public final class RecorderRun implements AutoCloseable {

    private static final String STORED =
            """
            SELECT (SELECT coalesce(sum(pings), 0) FROM upload)
                 + (SELECT coalesce(sum(pings), 0) FROM fresh)
                 + (SELECT coalesce(sum(pings), 0) FROM block)
            """;

    private static final String DATABASE_USER = "recorder";

    private final Path folder;
    private final JarProcess recorder;
    private final URI address;

    private RecorderRun(Path folder, JarProcess recorder, URI address) {
        this.folder = folder;
        this.recorder = recorder;
        this.address = address;
    }

    public static RecorderRun start(Path project) throws Exception {
        Path folder = Files.createTempDirectory("ping-recorder-bench-");
        JarProcess recorder = Jars.recorder(project, folder).flags(Jars.RECORDER_FLAGS).start();
        return new RecorderRun(folder, recorder, Jars.awaitAddress(recorder));
    }

    public URI address() {
        return address;
    }

    /** A folder that goes with it. */
    Path folder() {
        return folder;
    }

    /** Starts another recorder on the same database; whoever asked closes it. */
    public JarProcess startAnother(Path project) throws Exception {
        return Jars.recorder(project, Files.createDirectory(folder.resolve("another")))
                .flags(Jars.RECORDER_FLAGS)
                .environment("DATASOURCES_DEFAULT_URL", databaseUrl())
                .environment("DATASOURCES_DEFAULT_USERNAME", DATABASE_USER)
                .environment("DATASOURCES_DEFAULT_PASSWORD", databasePassword())
                .start();
    }

    private String databaseUrl() throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + postmaster().get(3).strip() + "/postgres";
    }

    private String databasePassword() throws IOException {
        return Files.readString(folder.resolve("data/postgres-password")).strip();
    }

    Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(databaseUrl(), DATABASE_USER, databasePassword());
    }

    /** Pings that the database holds, packed or not. */
    long stored() throws IOException, SQLException {
        try (Connection connection = connect()) {
            return number(connection, STORED);
        }
    }

    /** The one number that a query answers; 0 for null. */
    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Processor time used so far. */
    Cpu cpu() throws IOException {
        ProcessHandle postgres =
                ProcessHandle.of(Long.parseLong(postmaster().get(0).strip())).orElseThrow();
        return new Cpu(
                Proc.cpuSeconds(recorder.handle()),
                Proc.cpuSeconds(postgres),
                Proc.cpuSeconds(ProcessHandle.current()));
    }

    long residentMib() throws IOException {
        return Proc.residentMib(recorder.handle().pid());
    }

    /** Seconds of processor time, by whom. */
    record Cpu(double recorder, double postgres, double generator) {

        String coresSince(Cpu before, double seconds) {
            return "CPU: recorder %.2f, PostgreSQL %.2f, generator %.2f cores"
                    .formatted(
                            (recorder - before.recorder) / seconds,
                            (postgres - before.postgres) / seconds,
                            (generator - before.generator) / seconds);
        }
    }

    private List<String> postmaster() throws IOException {
        return Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"));
    }

    @Override
    public void close() throws IOException {
        recorder.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
