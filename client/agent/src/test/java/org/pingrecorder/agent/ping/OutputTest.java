package org.pingrecorder.agent.ping;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class OutputTest {

    private static final int ROOM = 1_000;
    private static final String LINE = "x".repeat(99);

    /** A reader that takes what it is given only when it is let. */
    private static final class SlowReader extends StringWriter {
        final Semaphore lets = new Semaphore(0);

        @Override
        public void write(String text, int offset, int length) {
            lets.acquireUninterruptibly();
            super.write(text, offset, length);
        }
    }

    @Test
    void line_slowReader_linesBeyondTheRoomAreCounted() throws Exception {
        SlowReader reader = new SlowReader();
        Output out = new Output(new PrintWriter(reader), ROOM);
        out.line("first", n -> n + " left out");
        await().until(reader.lets::hasQueuedThreads);

        for (int i = 0; i < 100; i++) {
            out.line(LINE, n -> n + " left out");
        }
        reader.lets.release(100);
        await().until(() -> reader.toString().length() > ROOM);
        out.line("last", n -> n + " left out");
        out.close();

        List<String> lines = reader.toString().lines().toList();
        assertEquals("first", lines.getFirst());
        assertEquals(11, lines.stream().filter(LINE::equals).count());
        assertEquals(List.of("89 left out", "last"), lines.subList(12, lines.size()));
    }

    @Test
    void text_slowReader_isNeverLeftOut() throws Exception {
        SlowReader reader = new SlowReader();
        Output out = new Output(new PrintWriter(reader), 10);
        out.line(LINE, n -> n + " left out");
        out.line(LINE, n -> n + " left out");
        out.line(LINE, n -> n + " left out");
        out.text("summary\n", n -> n + " left out");
        reader.lets.release(100);
        out.close();

        assertTrue(reader.toString().endsWith("summary\n"));
        long told =
                reader.toString().lines().filter(LINE::equals).count()
                        + (reader.toString().contains("1 left out") ? 1 : 0)
                        + (reader.toString().contains("2 left out") ? 2 : 0);
        assertEquals(3, told);
    }

    @Test
    void frame_whileOneIsWritten_isRefused() throws Exception {
        SlowReader reader = new SlowReader();
        Output out = new Output(new PrintWriter(reader), ROOM);

        assertTrue(out.frame("one"));
        await().until(reader.lets::hasQueuedThreads);
        assertFalse(out.frame("two"));
        reader.lets.release(100);
        await().until(() -> out.frame("three"));
        out.close();

        assertEquals("onethree", reader.toString());
    }

    @Test
    void line_closedPipe_isUnreadAndCloseReturns() throws Exception {
        PipedReader reader = new PipedReader();
        Writer pipe = new PipedWriter(reader);
        reader.close();
        Output out = new Output(new PrintWriter(pipe), ROOM);

        out.line(LINE, n -> n + " left out");

        await().until(out::isUnread);
        out.close();
    }

    @Test
    void close_manyLines_areAllWrittenInOrder() throws IOException, InterruptedException {
        StringWriter reader = new StringWriter();
        Output out = new Output(new PrintWriter(reader));
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            out.line("line " + i, n -> n + " left out");
            expected.append("line ").append(i).append('\n');
        }
        out.close();

        assertEquals(expected.toString(), reader.toString());
        assertEquals(expected.length(), out.writtenChars());
    }
}
