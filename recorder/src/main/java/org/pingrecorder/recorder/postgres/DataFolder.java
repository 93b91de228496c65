package org.pingrecorder.recorder.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.config.StartFailure;

/**
 * The recorder's data folder, locked for as long as this process lives: the kernel gives the lock
 * back even after SIGKILL.
 */
final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "recorder.lock";

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Makes the folder if need be, readable by its owner only, and locks it. */
    static DataFolder lock(Path folder) throws StartFailure {
        Path path = folder.toAbsolutePath().normalize();
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new StartFailure(
                    "RECORDER_DATA is "
                            + path
                            + ", which is a file; set it to a folder, which is made if need be.");
        }
        if (path.toString().matches(".*[$`\"\\\\\n].*")) {
            throw new StartFailure( // pg_ctl hands it to a shell
                    "RECORDER_DATA is "
                            + path
                            + ", and PostgreSQL cannot live in a folder with $, `, \" or \\ in its"
                            + " name; set it to another.");
        }
        FileChannel channel = null;
        try {
            createPrivate(path);
            path = path.toRealPath(); // the server is told from others by it
            channel =
                    FileChannel.open(
                            path.resolve(LOCK_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(path.resolve(LOCK_FILE)).strip();
                channel.close();
                throw new StartFailure(
                        "The data folder "
                                + path
                                + " is in use by another recorder"
                                + (holder.isEmpty() ? "" : " (process " + holder + ")")
                                + "; stop that one or set RECORDER_DATA to another folder.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(path, channel);
        } catch (IOException e) {
            closeAfter(e, channel);
            throw new StartFailure(
                    "The data folder "
                            + path
                            + " cannot be used ("
                            + e
                            + "); make it writable for this user or set RECORDER_DATA to another"
                            + " folder.",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Makes a folder that only its owner may enter; leaves an existing one as it is. */
    static void createPrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process: as much in use as by another
        }
    }

    private static void closeAfter(IOException cause, @Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
