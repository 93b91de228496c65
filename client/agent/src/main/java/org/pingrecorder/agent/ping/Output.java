package org.pingrecorder.agent.ping;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, written by a thread of its own, so that a slow reader holds up nothing but
 * itself. What waits for it is bounded: when there is no more room, lines are left out and counted,
 * and a notice says how many once the reader has caught up.
 *
 * <p>Thread-safe; what one thread gives stays in order.
 */
final class Output implements AutoCloseable {

    /** About 40,000 JSON lines. */
    static final int MAX_WAITING_CHARS = 8 << 20;

    /** So that a reader's progress is seen, and a closed pipe soon. */
    private static final int CHUNK_CHARS = 1 << 14;

    private final PrintWriter out;
    private final int maxWaitingChars;
    private final Thread thread;
    private final Object lock = new Object();
    private final Deque<String> waiting = new ArrayDeque<>();
    private long waitingChars;
    private boolean writing;
    private boolean closing;
    private long leftOut;
    private volatile boolean unread;
    private final AtomicLong writtenChars = new AtomicLong();

    /** Starts the thread. */
    Output(PrintWriter out) {
        this(out, MAX_WAITING_CHARS);
    }

    Output(PrintWriter out, int maxWaitingChars) {
        this.out = out;
        this.maxWaitingChars = maxWaitingChars;
        this.thread = Thread.ofPlatform().name("output").daemon().start(this::write);
    }

    /**
     * Writes a line, or leaves it out while the reader is too slow.
     *
     * @param notice the line that says how many were left out
     */
    void line(String line, LongFunction<String> notice) {
        synchronized (lock) {
            boolean catchingUp = leftOut > 0 && waitingChars > maxWaitingChars / 2;
            if (catchingUp || waitingChars > maxWaitingChars) {
                leftOut++;
                return;
            }
            tellLeftOut(notice);
            append(line + "\n");
        }
    }

    /** Writes a text, whatever waits already. */
    void text(String text, LongFunction<String> notice) {
        synchronized (lock) {
            tellLeftOut(notice);
            append(text);
        }
    }

    /** Writes a text only if nothing else waits or is being written; whether it will be. */
    boolean frame(String frame) {
        synchronized (lock) {
            boolean idle = waiting.isEmpty() && !writing;
            if (idle) {
                append(frame);
            }
            return idle;
        }
    }

    private void tellLeftOut(LongFunction<String> notice) {
        if (leftOut > 0) {
            append(notice.apply(leftOut) + "\n");
            leftOut = 0;
        }
    }

    private void append(String text) {
        waiting.add(text);
        waitingChars += text.length();
        lock.notifyAll();
    }

    /** Whether nobody reads any more: the other end of the pipe is closed. */
    boolean isUnread() {
        return unread;
    }

    /** Grows while somebody reads. */
    long writtenChars() {
        return writtenChars.get();
    }

    private void write() {
        for (String next = next(); next != null && !unread; next = next()) {
            out.write(next);
            out.flush();
            unread = out.checkError();
            writtenChars.addAndGet(next.length());
        }
    }

    /** What waits, but no more than a chunk of it, or null at the end. */
    private @Nullable String next() {
        synchronized (lock) {
            writing = false;
            while (waiting.isEmpty() && !closing) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    return null;
                }
            }
            if (waiting.isEmpty()) {
                return null;
            }
            writing = true;
            StringBuilder chunk = new StringBuilder(waiting.remove());
            while (!waiting.isEmpty() && chunk.length() < CHUNK_CHARS) {
                chunk.append(waiting.remove());
            }
            waitingChars -= chunk.length();
            return chunk.toString();
        }
    }

    /** Returns when all is written, or nobody reads any more. */
    @Override
    public void close() throws InterruptedException {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        thread.join();
    }
}
