package org.pingrecorder.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** Both programs as a user without any privilege. */
final class OrdinaryUserIT {

    /** The account that owns nothing, on every Linux. */
    private static final String[] AS_NOBODY = {
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"
    };

    private static final String[] AS_NOBODY_WITH_NET_RAW = {
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "--bounding-set=-all,+net_raw",
        "--inh-caps=+net_raw",
        "--ambient-caps=+net_raw"
    };

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void fillFolder() throws Exception {
        assumeTrue(
                System.getenv("CI") != null || "root".equals(System.getProperty("user.name")),
                "only root can become another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.copy(
                Project.folder().resolve("recorder/target/recorder.jar"),
                folder.resolve("recorder.jar"));
        Files.copy(
                Project.folder().resolve("client/agent/target/client.jar"),
                folder.resolve("client.jar"));
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

    /** A new network namespace admits nobody to datagram sockets, whatever its machine does. */
    private static final String CLOSED = "ip link set lo up && exec \"$@\"";

    private static final String OPEN =
            "echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range && " + CLOSED;

    /** What the client prints in a new network namespace, made ready by a shell script as root. */
    private String client(String script, String[] user, int status, String... arguments)
            throws Exception {
        try (JarProcess client =
                JarProcess.of(folder.resolve("client.jar"), folder, "client.log")
                        .prefix("unshare", "--net", "sh", "-c", script, "sh")
                        .prefix(user)
                        .arguments(arguments)
                        .start()) {
            assertEquals(status, client.awaitExit(), client.output());
            return client.output();
        }
    }

    @Test
    void client_groupAdmitted_pingsOverDatagramSockets() throws Exception {
        String check = client(OPEN, AS_NOBODY, 0, "check");
        assertLine(check, "IPv4 +datagram +yes");
        assertLine(check, "IPv6 +datagram +yes");
        assertLine(check, "IPv4 +raw +no +EPERM");
        assertLine(check, "IPv6 +raw +no +EPERM");
        client(OPEN, AS_NOBODY, 0, "ping", "-c", "1", "127.0.0.1", "::1");
        client(OPEN, AS_NOBODY, 0, "ping", "-c", "1", "-S", "lo", "127.0.0.1", "::1");
    }

    @Test
    void client_netRawOnly_pingsOverRawSockets() throws Exception {
        String check = client(CLOSED, AS_NOBODY_WITH_NET_RAW, 0, "check");
        assertLine(check, "IPv4 +datagram +no +EACCES");
        assertLine(check, "IPv6 +datagram +no +EACCES");
        assertLine(check, "IPv4 +raw +yes");
        assertLine(check, "IPv6 +raw +yes");
        client(CLOSED, AS_NOBODY_WITH_NET_RAW, 0, "ping", "-c", "1", "127.0.0.1", "::1");
    }

    private static void assertLine(String output, String pattern) {
        assertTrue(output.lines().anyMatch(line -> line.strip().matches(pattern)), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping -c 1 127.0.0.1", "run 127.0.0.1", "check"})
    void client_withoutIcmpPermission_saysWhatToRunAndExitsWith3(String command) throws Exception {
        String output = client(CLOSED, AS_NOBODY, 3, command.split(" "));

        assertTrue(
                output.contains("sudo sysctl -w net.ipv4.ping_group_range=\"0 2147483647\""),
                output);
        assertTrue(output.contains("the process's groups are 65534"), output);
        assertTrue(output.contains("CAP_NET_RAW is not held"), output);
    }
}
