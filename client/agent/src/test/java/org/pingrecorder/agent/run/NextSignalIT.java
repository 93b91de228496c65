package org.pingrecorder.agent.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextSignalIT {

    @TempDir private Path folder = Path.of("");

    /** Ends at a signal, but only when it is interrupted meanwhile. */
    static final class Patient {

        private Patient() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread hook =
                    new Thread(
                            () -> {
                                NextSignal.interrupts(Thread.currentThread());
                                System.out.println("waiting");
                                try {
                                    TimeUnit.MINUTES.sleep(5);
                                } catch (InterruptedException hurry) {
                                    System.out.println("interrupted");
                                }
                                Runtime.getRuntime().halt(7);
                            });
            Runtime.getRuntime().addShutdownHook(hook);
            System.out.println("running");
            TimeUnit.MINUTES.sleep(5);
        }
    }

    @Test
    void secondSignal_interruptsWhoObeysTheFirst() throws Exception {
        File out = folder.resolve("out").toFile();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Patient.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(out)
                        .start();
        try {
            await().until(() -> said(out).contains("running"));
            process.destroy();
            await().until(() -> said(out).contains("waiting"));
            process.destroy();

            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(7, process.exitValue(), said(out));
            assertTrue(said(out).endsWith("interrupted\n"), said(out));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String said(File out) throws IOException {
        return Files.readString(out.toPath());
    }
}
