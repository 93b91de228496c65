package org.pingrecorder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says on what a table was measured. */
final class Machine {

    private Machine() {}

    static void print() throws IOException {
        System.out.printf(
                "%d × %s, Linux %s, Java %s%n%n",
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.version"),
                Runtime.version());
    }

    private static String cpuModel() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("processor");
    }
}
