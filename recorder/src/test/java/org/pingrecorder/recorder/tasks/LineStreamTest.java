package org.pingrecorder.recorder.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LineStreamTest {

    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final LineStream stream =
            new LineStream(cancelled::incrementAndGet, over::incrementAndGet, System.nanoTime());
    private final Reader reader = new Reader();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void add_beforeAnybodyReads_isKept() {
        stream.add(bytes("a\n"));
        stream.add(bytes("b\n"));
        stream.subscribe(reader);
        reader.request(1);

        assertEquals(List.of("a\nb\n"), reader.chunks());
    }

    @Test
    void add_withoutDemand_waitsForIt() {
        stream.subscribe(reader);
        reader.request(1);
        stream.add(bytes("a\n"));
        stream.add(bytes("b\n"));
        assertEquals(List.of("a\n"), reader.chunks());

        reader.request(5);
        stream.add(bytes("c\n"));

        assertEquals(List.of("a\n", "b\n", "c\n"), reader.chunks());
    }

    @Test
    void end_comesAfterAllLines() {
        stream.subscribe(reader);
        stream.add(bytes("a\n"));
        stream.end();
        assertFalse(reader.isComplete());

        reader.request(1);

        assertTrue(reader.isComplete());
        assertEquals(List.of("a\n"), reader.chunks());
    }

    @Test
    void end_withoutLines_needsNoDemand() {
        stream.end();
        stream.subscribe(reader);

        assertTrue(reader.isComplete());
    }

    @Test
    void add_callerFarBehind_isTold() {
        byte[] megabyte = new byte[1 << 20];
        for (int i = 0; i < 4; i++) {
            assertTrue(stream.add(megabyte));
        }
        assertFalse(stream.add(megabyte));
    }

    @Test
    void add_manyLines_comeInChunks() {
        for (int i = 0; i < 100; i++) {
            stream.add(new byte[1_000]);
        }
        stream.subscribe(reader);
        reader.request(Long.MAX_VALUE);

        assertEquals(List.of(32_000, 32_000, 32_000, 4_000), sizes());
    }

    private List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>();
        reader.chunks().forEach(chunk -> sizes.add(chunk.length()));
        return sizes;
    }

    @Test
    void cancel_tellsAndKeepsNothing() {
        stream.subscribe(reader);
        reader.cancel();
        assertTrue(stream.add(new byte[5 << 20]));
        reader.request(1);
        stream.end();

        assertEquals(1, cancelled.get());
        assertEquals(1, over.get());
        assertEquals(List.of(), reader.chunks());
        assertFalse(reader.isComplete());
    }

    @Test
    void end_isOverWhenAllIsTaken() {
        stream.subscribe(reader);
        stream.add(bytes("a\n"));
        stream.end();
        assertEquals(0, over.get());

        reader.request(1);
        assertEquals(1, over.get());
        reader.cancel();
        assertEquals(1, over.get());
    }

    @Test
    void cutIfForgotten_nothingTakenSince_endsWithAFault() {
        long later = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        stream.subscribe(reader);
        stream.add(bytes("a\n"));
        stream.cutIfForgotten(later);
        stream.end();
        stream.cutIfForgotten(System.nanoTime() - Duration.ofMinutes(1).toNanos());
        assertEquals(0, over.get());

        stream.cutIfForgotten(later);

        assertEquals(1, over.get());
        assertTrue(reader.isFailed());
        reader.request(1);
        assertEquals(List.of(), reader.chunks());
    }

    @Test
    void cutIfForgotten_nobodyEverRead_isOver() {
        stream.add(bytes("a\n"));
        stream.end();

        stream.cutIfForgotten(System.nanoTime() + 1);

        assertEquals(1, over.get());
    }

    @Test
    void readerThatFails_endsIt() {
        stream.subscribe(reader);
        reader.breakAtNext();
        reader.request(5);
        stream.add(bytes("a\n"));
        stream.add(bytes("b\n"));

        assertEquals(1, over.get());
    }
}
