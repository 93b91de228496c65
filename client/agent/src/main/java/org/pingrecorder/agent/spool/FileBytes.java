package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A segment in a file. Its reads, unlike a channel's, do not close it when they are interrupted.
 */
final class FileBytes implements SegmentBytes {

    private final Path file;
    private @Nullable RandomAccessFile writing;
    private @Nullable RandomAccessFile reading;

    private FileBytes(Path file, @Nullable RandomAccessFile writing) {
        this.file = file;
        this.writing = writing;
    }

    /** A new, empty file; on disk with its folder's entry. */
    static FileBytes create(Path file) throws IOException {
        Files.deleteIfExists(file);
        RandomAccessFile writing = new RandomAccessFile(file.toFile(), "rw");
        try {
            flushFolder(file);
        } catch (IOException e) {
            writing.close();
            throw e;
        }
        return new FileBytes(file, writing);
    }

    /** A file that is only read. */
    static FileBytes existing(Path file) {
        return new FileBytes(file, null);
    }

    private static void flushFolder(Path file) throws IOException {
        Path folder = file.getParent();
        // Windows opens no folders, and has their entries on disk by itself.
        if (folder != null && java.io.File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void append(byte[] bytes, int length) throws IOException {
        if (writing == null) {
            throw new IOException(file + " is closed");
        }
        writing.write(bytes, 0, length);
        writing.getChannel().force(false);
    }

    @Override
    public synchronized void read(long at, byte[] into, int length) throws IOException {
        if (reading == null) {
            reading = new RandomAccessFile(file.toFile(), "r");
        }
        reading.seek(at);
        reading.readFully(into, 0, length);
    }

    @Override
    public long size() throws IOException {
        return Files.size(file);
    }

    @Override
    public synchronized void close() throws IOException {
        try (RandomAccessFile first = reading;
                RandomAccessFile second = writing) {
            reading = null;
            writing = null;
        }
    }
}
