package org.pingrecorder.e2e.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.e2e.Project;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.testnet.NetworkNamespace;

/** A client as a process in the site's namespace, which can be killed and started again. */
final class SiteClient implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofMillis(200);
    private static final Duration UPLOAD_INTERVAL = Duration.ofMillis(200);

    /** What may be undecided, or decided and not on disk yet, when it is killed. */
    private static final Duration UNSAFE = TIMEOUT.plus(GRACE).plus(UPLOAD_INTERVAL);

    private final String name;
    private final NetworkNamespace namespace;
    private final List<String> ips;
    private final List<String> command;
    private final Path log;
    private final Path clock;
    private final List<Kill> kills = new CopyOnWriteArrayList<>();
    private @Nullable Process process;

    private SiteClient(
            String name,
            NetworkNamespace namespace,
            List<String> ips,
            List<String> command,
            Path log,
            Path clock) {
        this.ips = ips;
        this.name = name;
        this.namespace = namespace;
        this.command = command;
        this.log = log;
        this.clock = clock;
    }

    /**
     * One that is not started yet.
     *
     * @param ownClock whether {@link #stepClock} works, for which it cannot be run from its jar
     */
    static SiteClient of(
            String name,
            NetworkNamespace namespace,
            Path folder,
            Path data,
            String recorder,
            List<String> ips,
            boolean ownClock)
            throws Exception {
        Path clock = Files.writeString(folder.resolve(name + ".clock"), "0");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Jars.CLIENT_FLAGS);
        String jar = Project.folder().resolve("client/agent/target/client.jar").toString();
        if (ownClock) {
            String classes = Project.folder().resolve("e2e/target/test-classes").toString();
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
            command.addAll(List.of(classes + ":" + jar, ClientWithClock.class.getName()));
            command.add(clock.toString());
        } else {
            command.addAll(List.of("-jar", jar, "run"));
        }
        command.addAll(List.of("--recorder", recorder, "--client", name));
        command.addAll(List.of("--data", data.toString()));
        option(command, "--interval", INTERVAL);
        option(command, "--timeout", TIMEOUT);
        option(command, "--grace", GRACE);
        option(command, "--upload-interval", UPLOAD_INTERVAL);
        command.addAll(ips);
        return new SiteClient(name, namespace, ips, command, folder.resolve(name + ".log"), clock);
    }

    private static void option(List<String> command, String name, Duration value) {
        command.addAll(List.of(name, value.toMillis() + "ms"));
    }

    List<String> ips() {
        return ips;
    }

    String name() {
        return name;
    }

    void start() throws Exception {
        process =
                namespace.start(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            long beforeMicros = SentLog.nowMicros();
            running.destroyForcibly().waitFor();
            kills.add(new Kill(beforeMicros, SentLog.nowMicros()));
        }
    }

    /** Between these two moments. */
    private record Kill(long beforeMicros, long afterMicros) {}

    /** Whether what was sent then may have died with it, undecided or not on disk yet. */
    boolean mayHaveLost(long atMicros) {
        long unsafeMicros = TimeUnit.MILLISECONDS.toMicros(UNSAFE.toMillis());
        return kills.stream()
                .anyMatch(
                        kill ->
                                atMicros >= kill.beforeMicros - unsafeMicros
                                        && atMicros <= kill.afterMicros);
    }

    /** How far its wall clock is off from now on. */
    void stepClock(Duration offset) throws Exception {
        // Moved into place, so that it is never seen half written.
        Path next = clock.resolveSibling(clock.getFileName() + ".next");
        Files.writeString(
                next,
                Long.toString(offset.toSeconds()),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(
                next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    String output() throws Exception {
        return Files.readString(log);
    }

    @Override
    public void close() throws Exception {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }
}
