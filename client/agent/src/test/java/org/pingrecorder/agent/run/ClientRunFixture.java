package org.pingrecorder.agent.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.cutoff.Reference;
import org.pingrecorder.agent.delivery.DataFolder;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.targets.TargetList;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;

/** Whole clients in this process, which ping loopback. */
abstract class ClientRunFixture {

    @TempDir Path folder = Path.of("");

    /** Zero for none. */
    Duration metricsInterval = Duration.ZERO;

    @Nullable Path metricsFile;

    /** What the next client pings to tell whether it is cut off. */
    List<Reference> cutOffCheck = List.of();

    private final List<ClientRun> runs = new ArrayList<>();

    @AfterEach
    final void stopAll() {
        runs.forEach(ClientRun::stop);
    }

    final ClientRun start(URI recorder, @Nullable Path targets, String... addresses)
            throws Exception {
        ClientConfig config =
                new ClientConfig(
                        recorder,
                        "c",
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ZERO,
                        Families.ANY,
                        Duration.ofSeconds(60),
                        targets,
                        folder.resolve("data"),
                        Duration.ofMillis(100),
                        64L << 20,
                        Duration.ofDays(30),
                        10_000,
                        metricsInterval,
                        metricsFile,
                        null,
                        cutOffCheck,
                        EngineConfig.DEFAULT);
        Pace pace = new Pace(config.interval(), config.timeout(), config.grace());
        List<Address> given = List.of(addresses).stream().map(Address::parse).toList();
        ClientRun run =
                new ClientRun(
                        config,
                        new TargetList(given, targets, pace, config.families()),
                        Optional.empty(),
                        DataFolder.open(config.data(), "c"),
                        Clock.system());
        runs.add(run);
        run.start();
        return run;
    }

    final Path targets(String text) throws IOException {
        return Files.writeString(folder.resolve("targets.txt"), text);
    }

    static long count(FakeRecorder recorder, String ip) {
        return recorder.stored().stream().filter(p -> p.ip().equals(ip)).count();
    }
}
