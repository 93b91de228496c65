package org.pingrecorder.recorder.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;

/**
 * A long answer, written as fast as its caller takes it: rows are fetched and encoded only when the
 * server asks for more bytes, so memory stays flat whatever the length.
 */
final class RowStream<T> extends InputStream {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final Rows<T> rows;
    private final RowEncoder<T> encoder;
    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream(CHUNK_BYTES + 1024);
    private byte[] chunk = new byte[0];
    private int position;
    private boolean started;
    private boolean ended;

    RowStream(Rows<T> rows, RowEncoder<T> encoder) {
        this.rows = rows;
        this.encoder = encoder;
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
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
        try {
            if (!started) {
                started = true;
                encoder.start(encoded);
            }
            while (!ended && encoded.size() < CHUNK_BYTES) {
                @Nullable T row = rows.next();
                if (row == null) {
                    ended = true;
                    encoder.end();
                    rows.close();
                } else {
                    encoder.row(row);
                }
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        chunk = encoded.toByteArray();
        position = 0;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try {
            rows.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
