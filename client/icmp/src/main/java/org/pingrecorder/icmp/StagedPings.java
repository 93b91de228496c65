package org.pingrecorder.icmp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the source handed over in one question. Kept apart from sending, so that no decision reaches
 * the listener while the source is being asked.
 */
final class StagedPings implements PingSource.Sender {

    private static final int INITIAL = 64;

    private int count;
    private long[] handle = new long[INITIAL];
    private @Nullable EchoTarget[] target = new EchoTarget[INITIAL];
    private long[] timeoutNanos = new long[INITIAL];
    private long[] graceNanos = new long[INITIAL];

    @Override
    public void ping(long newHandle, EchoTarget newTarget, long timeout, long grace) {
        if (timeout < 0 || grace < 0) {
            throw new IllegalArgumentException("timeout " + timeout + ", grace " + grace);
        }
        if (count == handle.length) {
            grow(2 * count);
        }
        handle[count] = newHandle;
        target[count] = newTarget;
        timeoutNanos[count] = timeout;
        graceNanos[count] = grace;
        count++;
    }

    private void grow(int size) {
        handle = Arrays.copyOf(handle, size);
        target = Arrays.copyOf(target, size);
        timeoutNanos = Arrays.copyOf(timeoutNanos, size);
        graceNanos = Arrays.copyOf(graceNanos, size);
    }

    int count() {
        return count;
    }

    long handle(int index) {
        return handle[index];
    }

    EchoTarget target(int index) {
        EchoTarget staged = target[index];
        if (staged == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return staged;
    }

    long timeoutNanos(int index) {
        return timeoutNanos[index];
    }

    long lifetimeNanos(int index) {
        return timeoutNanos[index] + graceNanos[index];
    }

    void clear() {
        Arrays.fill(target, 0, count, null);
        count = 0;
    }
}
