package org.pingrecorder.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds who listens on a TCP port, for the message that says so. Linux only; empty elsewhere. */
final class PortHolder {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    private PortHolder() {}

    /** The process that listens on the port, as far as this user may see it. */
    static Optional<ProcessHandle> find(int port) {
        try {
            Optional<String> inode =
                    inode(PROC.resolve("net/tcp"), port)
                            .or(() -> inode(PROC.resolve("net/tcp6"), port));
            if (inode.isEmpty()) {
                return Optional.empty();
            }
            String socket = "socket:[" + inode.get() + "]";
            return ProcessHandle.allProcesses().filter(p -> holds(p, socket)).findFirst();
        } catch (UnsupportedOperationException | UncheckedIOException e) {
            return Optional.empty(); // this system does not show processes, or one ended meanwhile
        }
    }

    /** proc(5): columns are local address and port in hexadecimal, state, and the inode. */
    private static Optional<String> inode(Path table, int port) {
        String suffix = ":%04X".formatted(port);
        try (Stream<String> lines = Files.lines(table)) {
            return lines.skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length > 9)
                    .filter(columns -> columns[1].endsWith(suffix) && columns[3].equals(LISTEN))
                    .map(columns -> columns[9])
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // not Linux
        }
    }

    private static boolean holds(ProcessHandle process, String socket) {
        Path files = PROC.resolve(Long.toString(process.pid())).resolve("fd");
        try (Stream<Path> open = Files.list(files)) {
            return open.anyMatch(file -> pointsTo(file, socket));
        } catch (IOException e) {
            return false; // ended meanwhile, or another user's
        }
    }

    private static boolean pointsTo(Path file, String socket) {
        try {
            return Files.readSymbolicLink(file).toString().equals(socket);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
