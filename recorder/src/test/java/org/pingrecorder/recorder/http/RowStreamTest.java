package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.database.Rows;

class RowStreamTest {

    private static final int CHUNK = 16 * 1024;

    /** So many rows of one text, then the end or a failure. */
    private static final class Texts implements Rows<String> {

        final String text;
        final int count;
        final @Nullable SQLException failure;
        int taken;
        boolean closed;

        Texts(int count, int length, @Nullable SQLException failure) {
            this.count = count;
            this.text = "x".repeat(length);
            this.failure = failure;
        }

        @Override
        public @Nullable String next() throws SQLException {
            if (taken < count) {
                taken++;
                return text;
            }
            if (failure != null) {
                throw failure;
            }
            return null;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Texts between brackets. */
    private static final class Bracketed implements RowEncoder<String> {

        private @Nullable OutputStream out;

        private void write(String text) throws IOException {
            if (out != null) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void start(OutputStream given) throws IOException {
            out = given;
            write("[");
        }

        @Override
        public void row(String row) throws IOException {
            write(row);
        }

        @Override
        public void end() throws IOException {
            write("]");
        }
    }

    private static InputStream stream(Texts texts) {
        return new RowStream<>(texts, new Bracketed(), InstantSource.system(), ended -> {});
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "1, 1",
        "1, 16382",
        "1, 16383",
        "1, 16384",
        "1, 16385",
        "3, 100000",
        "16383, 1",
        "16384, 1",
        "50000, 1",
        "7, 16384"
    })
    void stream_isWholeWhereverChunksEnd(int count, int length) throws IOException {
        Texts texts = new Texts(count, length, null);
        try (InputStream stream = stream(texts)) {
            String expected = "[" + "x".repeat(length).repeat(count) + "]";
            assertEquals(expected, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            assertTrue(texts.closed, "rows are given back with the last byte");
            assertEquals(-1, stream.read());
        }
    }

    @Test
    void stream_takesOnlyTheRowsItIsAskedFor() throws IOException {
        Texts texts = new Texts(1_000_000, 100, null);
        try (InputStream stream = stream(texts)) {
            assertEquals(0, texts.taken);
            assertEquals('[', stream.read());
            assertEquals(CHUNK / 100 + 1, texts.taken);
            assertEquals(0, stream.read(new byte[10], 3, 0));
        }
        assertTrue(texts.closed);
    }

    @Test
    void read_byteByByte_isTheSame() throws IOException {
        try (InputStream stream = stream(new Texts(2, 2, null))) {
            StringBuilder text = new StringBuilder();
            for (int b = stream.read(); b >= 0; b = stream.read()) {
                text.append((char) b);
            }
            assertEquals("[xxxx]", text.toString());
        }
    }

    @Test
    void failure_midWay_endsTheAnswerAsAFailure() throws IOException {
        SQLException failure = new SQLException("gone", "08006");
        Texts texts = new Texts(10_000, 100, failure);
        try (InputStream stream = stream(texts)) {
            IOException surfaced = assertThrows(IOException.class, stream::readAllBytes);
            assertSame(failure, surfaced.getCause());
        }
        assertTrue(texts.closed);
    }

    @Test
    void close_beforeTheEnd_givesTheRowsBack() throws IOException {
        Texts texts = new Texts(10, 10, null);
        stream(texts).close();
        assertTrue(texts.closed);
        assertEquals(0, texts.taken);
    }
}
