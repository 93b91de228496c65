package org.pingrecorder.recorder.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.simple.SimpleHttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.database.Rows;

class AnswersTest {

    private static final HttpRequest<?> REQUEST =
            new SimpleHttpRequest<>(HttpMethod.GET, "/pings", "");

    private Instant now = Instant.parse("2024-06-01T00:00:00Z");
    private final Answers answers = new Answers(() -> now, Duration.ofSeconds(10));

    /** Rows without end. */
    private static final class Endless implements Rows<String> {

        boolean closed;

        @Override
        public String next() {
            return "row";
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Writes nothing but rows. */
    private static class Plain implements RowEncoder<String> {

        private OutputStream out = OutputStream.nullOutputStream();

        @Override
        public void start(OutputStream given) {
            out = given;
        }

        @Override
        public void row(String row) throws IOException {
            out.write(row.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void end() {}
    }

    private InputStream open(Rows<String> rows) {
        return Objects.requireNonNull(
                answers.stream(REQUEST, rows, new Plain(), Format.JSON).body());
    }

    @Test
    void stream_thatNobodyReads_isEndedByTime() throws IOException {
        Endless forgotten = new Endless();
        Endless read = new Endless();
        open(forgotten);
        InputStream reader = open(read);
        now = now.plus(Answers.FORGOTTEN).plusSeconds(1);
        // More than what was encoded before.
        reader.readNBytes(100_000);
        answers.endForgotten();
        assertTrue(forgotten.closed);
        assertFalse(read.closed);
    }

    @Test
    void error_whileOpening_givesItsPlaceBack() {
        for (int i = 0; i <= Answers.MOST_AT_ONCE; i++) {
            assertThrows(
                    OutOfMemoryError.class,
                    () ->
                            answers.<String>page(
                                    REQUEST,
                                    () -> {
                                        throw new OutOfMemoryError("test");
                                    },
                                    new Plain(),
                                    Format.JSON,
                                    Map.of()));
        }
        assertEquals("rowrow", text(Rows.of(List.of("row", "row"))));
    }

    @Test
    void error_inTheFirstRows_givesItsPlaceBack() {
        for (int i = 0; i <= Answers.MOST_AT_ONCE; i++) {
            Endless rows = new Endless();
            RowEncoder<String> failing =
                    new Plain() {
                        @Override
                        public void row(String row) {
                            throw new OutOfMemoryError("test");
                        }
                    };
            assertThrows(
                    OutOfMemoryError.class,
                    () -> answers.stream(REQUEST, rows, failing, Format.JSON));
            assertTrue(rows.closed);
        }
        assertEquals("rowrow", text(Rows.of(List.of("row", "row"))));
    }

    @Test
    void oneTooMany_waitsForAPlace() throws Exception {
        List<InputStream> all = new ArrayList<>();
        for (int i = 0; i < Answers.MOST_AT_ONCE; i++) {
            all.add(open(new Endless()));
        }
        FutureTask<String> further = new FutureTask<>(() -> text(Rows.of(List.of("row"))));
        Thread caller = Thread.startVirtualThread(further);
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        all.getFirst().close();
        assertEquals("row", further.get());
    }

    @Test
    void oneTooMany_isToldSoWhereThereIsNoPlaceForLong() {
        Answers hasty = new Answers(() -> now, Duration.ZERO);
        for (int i = 0; i < Answers.MOST_AT_ONCE; i++) {
            hasty.stream(REQUEST, new Endless(), new Plain(), Format.JSON);
        }
        Fault fault =
                assertThrows(
                        Fault.class,
                        () -> hasty.stream(REQUEST, new Endless(), new Plain(), Format.JSON));
        assertEquals(HttpStatus.TOO_MANY_REQUESTS, fault.status());
    }

    private String text(Rows<String> rows) {
        try (InputStream stream = open(rows)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
