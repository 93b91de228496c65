package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.testnet.NetworkNamespace;

/** The client's jar in a network of its own, run through a shell as people run it. */
abstract class PingShellFixture {

    private static final Path JAR = Path.of("target/client.jar").toAbsolutePath();

    private static NetworkNamespace namespace;
    static FarEnd farEnd;

    @TempDir Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void createNetwork() throws Exception {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
        namespace = NetworkNamespace.create();
        namespace.allowDatagramIcmp();
        farEnd = FarEnd.attach(namespace);
    }

    @AfterAll
    static void closeNetwork() throws Exception {
        if (farEnd != null) {
            farEnd.close();
            namespace.close();
        }
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    /** {@code ping} in a shell line, as {@code $PING} takes its place. */
    final Process start(String shellLine) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String flags = String.join(" ", Jars.CLIENT_FLAGS);
        String ping = "%s %s -jar %s ping".formatted(java, flags, JAR);
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-c", shellLine.replace("$PING", ping))
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile());
        shell.environment().put("TERM", "xterm");
        shell.environment().put("LC_ALL", "C.UTF-8");
        shell.environment().remove("NO_COLOR");
        Process process = namespace.start(shell);
        started.add(process);
        return process;
    }

    final int run(String shellLine) throws Exception {
        Process process = start(shellLine);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "does not end: " + shellLine);
        return process.exitValue();
    }

    final String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    final String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    final String errors() {
        try {
            return err();
        } catch (IOException e) {
            return e.toString();
        }
    }

    static List<String> addresses(String prefix, int count) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(prefix + "." + i / 250 + "." + (i % 250 + 1));
        }
        return addresses;
    }

    /** A file of 5,000 hosts of which some are silent, some refused by a router, some slow. */
    final void fiveThousandHosts() throws IOException {
        farEnd.rule("10.1.0.0/16", Behaviour.reply());
        farEnd.rule("10.2.0.0/16", Behaviour.silence());
        farEnd.rule("10.3.0.0/16", Behaviour.error(3, 1, "10.255.1.1"));
        farEnd.rule("10.4.0.0/16", Behaviour.reply().after(Duration.ofMillis(2_500)));
        farEnd.rule("10.5.0.0/16", Behaviour.reply().copies(2));
        List<String> lines = new ArrayList<>();
        lines.addAll(addresses("10.1", 4_000));
        lines.addAll(addresses("10.2", 400));
        lines.addAll(addresses("10.3", 300));
        lines.addAll(addresses("10.4", 200));
        lines.addAll(addresses("10.5", 99));
        lines.add("192.0.2.1 nowhere at all # no route leads there");
        Files.write(folder.resolve("hosts"), lines);
    }
}
