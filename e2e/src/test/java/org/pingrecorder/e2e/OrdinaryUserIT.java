package org.pingrecorder.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** Both programs as a user without any privilege. */
final class OrdinaryUserIT {

    /** The account that owns nothing, on every Linux. */
    private static final String[] AS_NOBODY = {
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"
    };

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        assumeTrue(
                System.getenv("CI") != null || "root".equals(System.getProperty("user.name")),
                "only root can become another user");
        folder = Files.createTempDirectory("ping-recorder-nobody-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.copy(
                Project.folder().resolve("recorder/target/recorder.jar"),
                folder.resolve("recorder.jar"));
        Files.copy(
                Project.folder().resolve("client/agent/target/client.jar"),
                folder.resolve("client.jar"));
    }

    @AfterEach
    void deleteFolder() throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void recorder_runsOnItsEmbeddedPostgres() throws Exception {
        try (JarProcess recorder =
                JarProcess.of(folder.resolve("recorder.jar"), folder, "recorder.log")
                        .prefix(AS_NOBODY)
                        .environment("RECORDER_PORT", "0")
                        .start()) {
            Rest rest = new Rest(Jars.awaitAddress(recorder));
            assertEquals(
                    200,
                    rest.post("/record-ping/c", "{\"ip\":\"192.0.2.7\",\"latency_ms\":1}")
                            .statusCode());
            assertEquals(1, rest.pings("client=c").size());
        }
        assertEquals(
                "nobody", Files.getOwner(folder.resolve("data/postgres/PG_VERSION")).getName());
    }

    @Test
    void client_withoutIcmpPermission_saysWhatToRunAndExitsWith3() throws Exception {
        try (JarProcess client =
                JarProcess.of(folder.resolve("client.jar"), folder, "client.log")
                        // A new network namespace admits nobody, whatever its machine does.
                        .prefix("unshare", "--net")
                        .prefix(AS_NOBODY)
                        .arguments("ping", "-c", "1", "127.0.0.1")
                        .start()) {
            assertEquals(3, client.awaitExit(), client.output());
            assertTrue(client.output().contains("ping_group_range"), client.output());
            assertTrue(client.output().contains("sysctl -w"), client.output());
        }
    }
}
