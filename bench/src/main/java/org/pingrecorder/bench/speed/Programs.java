package org.pingrecorder.bench.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.pingrecorder.testnet.NetworkNamespace;

/** Runs programs in a folder of their own, inside one network namespace. */
final class Programs implements AutoCloseable {

    private final NetworkNamespace namespace;
    private final Path folder;

    Programs(NetworkNamespace namespace) throws IOException {
        this.namespace = namespace;
        this.folder = Files.createTempDirectory("ping-recorder-bench-");
    }

    Path folder() {
        return folder;
    }

    /** Starts a program that goes on; its output goes into a file of the folder. */
    Process start(List<String> command) throws Exception {
        Path output = folder.resolve(Path.of(command.getFirst()).getFileName() + ".log");
        return namespace.start(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile()));
    }

    /**
     * Runs a program to its end and returns what it printed.
     *
     * @throws IOException with its errors if it did not end with status 0
     */
    String run(List<String> command) throws Exception {
        Path errors = folder.resolve("errors");
        Process process =
                namespace.start(
                        new ProcessBuilder(command)
                                .directory(folder.toFile())
                                .redirectError(errors.toFile()));
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + ": " + Files.readString(errors));
        }
        return printed;
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
