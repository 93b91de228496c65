package org.pingrecorder.recorder.postgres;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.config.StartFailure;

class EmbeddedPostgresIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir static Path parent;

    private static Path folder;

    /** What a start that was killed within initdb leaves. */
    @BeforeAll
    static void initialise() throws IOException, StartFailure {
        folder = parent.resolve("data");
        Path half = Files.createDirectories(folder.resolve("postgres-initialising/base"));
        Files.writeString(half.resolve("1"), "half");
        Files.writeString(folder.resolve("postgres-password"), "of the half-made one");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            execute(postgres, "CREATE TABLE kept (n int)");
        }
    }

    private static Connection connect(EmbeddedPostgres postgres, String password)
            throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), password);
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws StartFailure {
        try (Connection connection = connect(postgres, postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String value(EmbeddedPostgres postgres, String sql)
            throws SQLException, StartFailure {
        try (Connection connection = connect(postgres, postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try {
            return value(postgres, "SELECT 1").equals("1");
        } catch (SQLException | StartFailure e) {
            return false;
        }
    }

    /** What the operator is told when a start is refused. */
    private static String refusal() {
        StartFailure failure =
                assertThrows(StartFailure.class, () -> EmbeddedPostgres.start(folder).close());
        return String.valueOf(failure.getMessage());
    }

    private static ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void start_afterAHalfMadeInitialisation_leavesNothingOfIt() {
        assertFalse(Files.exists(folder.resolve("postgres-initialising")));
    }

    @Test
    void server_isDurable() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertEquals("on", value(postgres, "SHOW " + setting), setting);
            }
        }
    }

    @Test
    void settings_thatAnOperatorWrote_cannotMakeItLessDurable() throws Exception {
        Path own = folder.resolve("postgres/postgresql.local.conf");
        Files.writeString(own, "fsync = off\nwork_mem = '7MB'\n");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertEquals("on", value(postgres, "SHOW fsync"));
            assertEquals("7MB", value(postgres, "SHOW work_mem"));
        } finally {
            Files.delete(own);
        }
    }

    @Test
    void server_asksForItsPassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            for (String wrong : List.of("", "postgres", postgres.password() + "x")) {
                SQLException refused =
                        assertThrows(SQLException.class, () -> connect(postgres, wrong).close());
                assertTrue(refused.getSQLState().matches("28P01|08004"), refused.getSQLState());
            }
            assertEquals("recorder", value(postgres, "SELECT current_user"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // reads /proc
    void server_listensOnLoopbackOnly() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            String port = postgres.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1");
            String hex = ":%04X ".formatted(Integer.parseInt(port)).toUpperCase(Locale.ROOT);
            List<String> listeners;
            try (Stream<String> tcp = Files.lines(Path.of("/proc/net/tcp"));
                    Stream<String> tcp6 = Files.lines(Path.of("/proc/net/tcp6"))) {
                listeners =
                        Stream.concat(tcp, tcp6)
                                .map(line -> line.strip().split("\\s+"))
                                .filter(c -> (c[1] + " ").endsWith(hex) && c[3].equals("0A"))
                                .map(columns -> columns[1])
                                .toList();
            }
            assertEquals(List.of("0100007F" + hex.strip()), listeners);
            String sockets = Files.readString(Path.of("/proc/net/unix"));
            assertFalse(sockets.contains(".s.PGSQL." + port));
        }
    }

    @Test
    void files_areItsOwnersOnly() throws Exception {
        assertEquals("rwx------", mode(folder));
        assertEquals("rwx------", mode(folder.resolve("postgres")));
        assertEquals("rwx------", mode(folder.resolve("postgres-programs")));
        for (String file :
                List.of("postgres-password", "postgres/pg_hba.conf", "postgres/postgresql.conf")) {
            assertEquals("rw-------", mode(folder.resolve(file)), file);
        }
        Path fresh = parent.resolve("fresh/data");
        try (DataFolder made = DataFolder.lock(fresh)) {
            assertEquals("rwx------", mode(made.path()));
        }
    }

    @Test
    void restart_findsTheData() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            execute(postgres, "DELETE FROM kept");
            execute(postgres, "INSERT INTO kept VALUES (42)");
        }
        assertFalse(Files.exists(folder.resolve("postgres/postmaster.pid")));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertEquals("42", value(postgres, "SELECT n FROM kept"));
        }
    }

    @Test
    void postmaster_thatWasKilled_isStartedAgain() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            ProcessHandle killed = postmaster();
            killed.destroyForcibly();
            await().atMost(LIMIT).until(() -> !killed.isAlive());
            await().atMost(LIMIT).until(() -> answers(postgres));
            assertFalse(postmaster().equals(killed));
        }
    }

    @Test
    void recorder_thatWasKilled_leavesAServerThatTheNextOneReplaces() throws Exception {
        Process recorder = LeftBehind.start(folder);
        String inUse = refusal();
        assertTrue(
                inUse.contains(
                        folder + " is in use by another recorder (process " + recorder.pid() + ")"),
                inUse);

        ProcessHandle orphan = postmaster();
        recorder.destroyForcibly().waitFor();
        assertTrue(orphan.isAlive());
        Path otherName =
                Files.createSymbolicLink(
                        folder.resolveSibling("link-to-" + folder.getFileName()), folder);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(otherName)) {
            await().atMost(LIMIT).until(() -> !orphan.isAlive());
            assertFalse(postmaster().equals(orphan));
            assertTrue(answers(postgres));
        } finally {
            Files.delete(otherName);
        }
    }

    @Test
    void start_twiceInOneProcess_isRefused() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            String inUse = refusal();
            assertTrue(inUse.contains("process " + ProcessHandle.current().pid()), inUse);
            assertTrue(answers(postgres));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELF", "999999999", "", "nonsense"})
    void pidFile_thatNamesNoServerOfOurs_isInNobodysWay(String pid) throws Exception {
        String self = Long.toString(ProcessHandle.current().pid());
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                pid.replace("SELF", self) + "\n" + folder.resolve("postgres") + "\n1\n5432\n\n\n");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertTrue(answers(postgres));
        }
    }

    @Test
    void data_ofAnotherRelease_isLeftAloneWithASentence() throws Exception {
        Path version = folder.resolve("postgres/PG_VERSION");
        String right = Files.readString(version);
        Files.writeString(version, "17\n");
        try {
            String wrong = refusal();
            assertTrue(
                    wrong.contains("was made by PostgreSQL 17 and this recorder carries 18"),
                    wrong);
        } finally {
            Files.writeString(version, right);
        }
        EmbeddedPostgres.start(folder).close();
    }

    @Test
    void folder_thatIsNoDataDirectory_isLeftAloneWithASentence() throws Exception {
        Path data = folder.resolve("postgres");
        Path aside = folder.resolve("aside");
        Files.move(data, aside);
        Files.createDirectory(data);
        Files.writeString(data.resolve("photo"), "precious");
        try {
            String strange = refusal();
            assertTrue(strange.contains(data + " is not a PostgreSQL data directory"));
            assertEquals("precious", Files.readString(data.resolve("photo")));
        } finally {
            Files.delete(data.resolve("photo"));
            Files.delete(data);
            Files.move(aside, data);
        }
    }
}
