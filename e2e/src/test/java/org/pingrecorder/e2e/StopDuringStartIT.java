package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** SIGTERM while the recorder comes up. */
final class StopDuringStartIT {

    @TempDir Path folder;

    @Test
    void recorder_toldToStopWhileItStarts_leavesNoServerBehind() throws Exception {
        Path pidFile = folder.resolve("data/postgres/postmaster.pid");
        try (JarProcess recorder = Jars.recorder(Project.folder(), folder).start()) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.exists(pidFile));
            assertFalse(recorder.output().contains("Recorder: "), "it is still starting");
            assertEquals(0, recorder.terminate(), recorder.output());
        }
        assertTrue(Files.notExists(pidFile), "the server has stopped in good order");
    }
}
