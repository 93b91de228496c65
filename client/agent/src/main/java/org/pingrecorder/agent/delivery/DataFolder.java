package org.pingrecorder.agent.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's folder, held by one process at a time for as long as this is open. */
public final class DataFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

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

    /** Where a file of that name is, or would be. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** What is in a file of the folder; null if there is none. */
    public byte @Nullable [] read(String name) throws IOException {
        try {
            return Files.readAllBytes(file(name));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /**
     * Writes a file of the folder in place of what it held, on disk when this returns; after a
     * crash it holds either, whole.
     */
    public void replace(String name, byte[] content) throws IOException {
        Path made = file(name + ".new");
        try {
            write(made, content);
            Files.move(
                    made,
                    file(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(made, e);
            throw e;
        }
        forceFolder();
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
    }

    /** On a disk that is full, half a file is in the way of the results. */
    private static void delete(Path half, IOException cause) {
        try {
            if (Files.isRegularFile(half)) {
                Files.delete(half);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** So that the new name is on disk too; there are systems where a folder cannot be opened. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.debug("folders cannot be flushed here", e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
