package org.pingrecorder.recorder.tasks;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Chunks;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** An answer that grows line by line. For one subscriber; lines may be added by any thread. */
final class LineStream implements Publisher<byte[]>, Chunks.Source {

    /** What a caller may be behind. */
    static final int MOST_WAITING_BYTES = 4 << 20;

    private static final int CHUNK_BYTES = 32 << 10;

    private final Runnable onCancel;
    private final Runnable onOver;
    private final Chunks chunks = new Chunks(this);
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean ended;
    private long takenNanos;

    /**
     * An answer that has not begun.
     *
     * @param onCancel called when the connection has ended; must not block
     * @param onOver called once, when nothing waits any more: all was taken, or the connection has
     *     ended, or was cut; must not block
     */
    LineStream(Runnable onCancel, Runnable onOver, long nowNanos) {
        this.onCancel = onCancel;
        this.onOver = onOver;
        this.takenNanos = nowNanos;
    }

    /**
     * Adds a line, be there anybody who reads or not.
     *
     * @return whether the caller keeps up
     */
    boolean add(byte[] line) {
        boolean keepsUp;
        synchronized (waiting) {
            if (chunks.isOver() || ended) {
                return true;
            }
            waiting.add(line);
            waitingBytes += line.length;
            keepsUp = waitingBytes <= MOST_WAITING_BYTES;
        }
        chunks.wake();
        return keepsUp;
    }

    /** Nothing more comes. */
    void end() {
        synchronized (waiting) {
            ended = true;
        }
        chunks.wake();
    }

    /** Cuts the connection if all lines are there and none was taken since. */
    void cutIfForgotten(long sinceNanos) {
        boolean isForgotten;
        synchronized (waiting) {
            isForgotten = ended && takenNanos - sinceNanos < 0;
        }
        if (isForgotten) {
            chunks.cut();
        }
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> only) {
        chunks.subscribe(only);
    }

    @Override
    public void cancelled() {
        onCancel.run();
    }

    @Override
    public void over() {
        synchronized (waiting) {
            waiting.clear();
        }
        onOver.run();
    }

    @Override
    public boolean isDone() {
        synchronized (waiting) {
            return ended && waiting.isEmpty();
        }
    }

    @Override
    public byte @Nullable [] next() {
        synchronized (waiting) {
            int bytes = 0;
            int lines = 0;
            for (byte[] line : waiting) {
                if (lines > 0 && bytes + line.length > CHUNK_BYTES) {
                    break;
                }
                bytes += line.length;
                lines++;
            }
            if (lines == 0) {
                return null;
            }
            takenNanos = System.nanoTime();
            byte[] chunk = new byte[bytes];
            int at = 0;
            for (int i = 0; i < lines; i++) {
                byte[] line = waiting.remove();
                System.arraycopy(line, 0, chunk, at, line.length);
                at += line.length;
            }
            waitingBytes -= bytes;
            return chunk;
        }
    }
}
