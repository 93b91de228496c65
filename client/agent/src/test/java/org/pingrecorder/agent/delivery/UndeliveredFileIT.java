package org.pingrecorder.agent.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.StoredBatch;

/** What a client without a spool left is delivered like all else. */
class UndeliveredFileIT extends DeliveryFixture {

    private static final String GOOD =
            """
            {"ip":"192.0.2.7","latency_ms":20.113,"name":"n","at":"2027-01-15T08:00:00.000001Z","outcome":"reply"}
            {"ip":"a.example","family":"ipv6","latency_ms":null,"at":"2027-01-15T08:00:01.000000Z","outcome":"resolve_error"}
            """;

    private void leave(byte[] bytes) throws IOException {
        Files.createDirectories(file("x").getParent());
        Files.write(file("undelivered.ndjson"), bytes);
    }

    @Test
    void start_fileThere_isDeliveredOnceAndGone() throws Exception {
        leave(GOOD.getBytes(StandardCharsets.UTF_8));
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = started(recorder.uri());

        awaitEmpty(delivery);

        assertEquals(2, recorder.stored().size());
        assertEquals("n", recorder.stored().getFirst().name());
        assertEquals(20.113, recorder.stored().getFirst().latencyMs());
        assertEquals("resolve_error", recorder.stored().get(1).outcome());
        assertFalse(recorder.batches().getFirst().series().getFirst().containsKey("interval_ms"));
        assertFalse(Files.exists(file("undelivered.ndjson")));
        stop(delivery);
        closeParts();

        // Killed before the file was gone, the next start takes it up again.
        leave(GOOD.getBytes(StandardCharsets.UTF_8));
        FakeRecorder again = keep(new FakeRecorder());
        Delivery second = started(again.uri());
        awaitEmpty(second);
        StoredBatch moved =
                again.batches().stream().filter(b -> !b.pings().isEmpty()).findAny().orElseThrow();
        assertEquals(recorder.batches().getFirst().spool(), moved.spool());
        assertEquals(recorder.batches().getFirst().number(), moved.number());
        stop(second);
    }

    @Test
    void start_corruptLines_areSetAsideAndReportedOnce() throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.write(GOOD.getBytes(StandardCharsets.UTF_8));
        lines.write(new byte[] {'{', '"', (byte) 0xff, 0, '\n'});
        String odd =
                "null\n[]\n{}\n{\"ip\":\"1.2.3\",\"at\":\"x\",\"outcome\":\"reply\"}\n"
                        + "{\"ip\":\"192.0.2.7\",\"latency_ms\":1,"
                        + "\"at\":\"2027-01-15T08:00:00Z\",\"outcome\":\"timeout\"}\n{\"ip\":\"19";
        lines.write(odd.getBytes(StandardCharsets.UTF_8));
        leave(lines.toByteArray());
        FakeRecorder recorder = keep(new FakeRecorder());

        Delivery delivery = started(recorder.uri());

        awaitEmpty(delivery);
        assertEquals(2, recorder.stored().size());
        assertEquals(1, logged("7 of the lines"));
        assertTrue(Files.exists(file("undelivered-corrupt.ndjson")));
        stop(delivery);
    }

    @Test
    void start_unreadableFile_failsAndLeavesItAlone() throws Exception {
        Delivery delivery = delivery(NOBODY);
        Files.createDirectory(file("undelivered.ndjson"));

        assertThrows(IOException.class, () -> delivery.start(Duration.ZERO));
        assertEquals(0, stop(delivery));

        assertTrue(Files.exists(file("undelivered.ndjson")));
    }
}
