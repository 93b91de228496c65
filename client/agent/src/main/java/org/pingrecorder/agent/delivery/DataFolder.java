package org.pingrecorder.agent.delivery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pingrecorder.agent.config.FileFault;

/** One client's folder, held by one process at a time for as long as this is open. */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if need be, and takes it.
     *
     * @param data folder of all clients of this machine
     * @throws IOException with a message for people: it is taken, or cannot be written
     */
    public static DataFolder open(Path data, String client) throws IOException {
        Path path = data.resolve(client).toAbsolutePath().normalize();
        FileChannel lock;
        try {
            Files.createDirectories(path);
            lock =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write in "
                            + path
                            + " ("
                            + FileFault.reason(e)
                            + "): choose another folder with --data DIR",
                    e);
        }
        try {
            FileLock taken = lock.tryLock();
            if (taken != null) {
                return new DataFolder(path, lock);
            }
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw taken(path, client);
        }
        lock.close();
        throw taken(path, client);
    }

    private static IOException taken(Path path, String client) {
        return new IOException(
                "another client named '"
                        + client
                        + "' is running and holds "
                        + path
                        + ": stop it, or give this one another --client NAME");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
