package org.pingrecorder.recorder.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A long answer, written as fast as its caller takes it: rows are fetched and encoded only when the
 * server asks for more bytes, so memory stays flat whatever the length.
 */
final class RowStream<T> extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(RowStream.class);

    private static final int CHUNK_BYTES = 16 * 1024;

    private final Rows<T> rows;
    private final RowEncoder<T> encoder;
    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream(CHUNK_BYTES + 1024);
    private byte[] chunk = new byte[0];
    private int position;
    private final InstantSource clock;
    private final Consumer<RowStream<?>> onEnd;
    private volatile Instant lastRead;
    private volatile boolean reading;
    private boolean started;
    private boolean ended;

    /**
     * Takes over the rows, and closes them.
     *
     * @param onEnd told once, when they are closed
     */
    RowStream(
            Rows<T> rows,
            RowEncoder<T> encoder,
            InstantSource clock,
            Consumer<RowStream<?>> onEnd) {
        this.rows = rows;
        this.encoder = encoder;
        this.clock = clock;
        this.onEnd = onEnd;
        this.lastRead = clock.instant();
    }

    /**
     * Reads the first rows, so that what goes wrong with them is known before there is an answer;
     * then it is closed.
     *
     * @throws DatabaseException what the database said
     */
    synchronized void start() {
        try {
            encodeChunk();
        } catch (IOException e) {
            close();
            throw e.getCause() instanceof SQLException cause
                    ? new DatabaseException(cause)
                    : new IllegalStateException("memory cannot be written", e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Whether nobody reads, or has read since then. */
    boolean isForgotten(Instant since) {
        return !reading && lastRead.isBefore(since);
    }

    @Override
    public synchronized int read() throws IOException {
        return fill() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, buffer, offset, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (position == chunk.length) {
            if (ended) {
                return false;
            }
            encodeChunk();
        }
        return true;
    }

    private void encodeChunk() throws IOException {
        encoded.reset();
        reading = true;
        try {
            if (!started) {
                started = true;
                encoder.start(encoded);
            }
            while (!ended && encoded.size() < CHUNK_BYTES) {
                @Nullable T row = rows.next();
                if (row == null) {
                    encoder.end();
                    end();
                } else {
                    encoder.row(row);
                }
            }
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            lastRead = clock.instant();
            reading = false;
        }
        chunk = encoded.toByteArray();
        position = 0;
    }

    private void end() throws SQLException {
        if (!ended) {
            ended = true;
            try {
                rows.close();
            } finally {
                onEnd.accept(this);
            }
        }
    }

    /** Ends the answer where it is; its reader, if there is one, meets an early end. */
    @Override
    public synchronized void close() {
        try {
            end();
        } catch (SQLException e) {
            LOG.warn("A long answer did not end cleanly.", e);
        }
    }
}
