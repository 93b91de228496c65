package org.pingrecorder.icmp;

import org.jspecify.annotations.Nullable;

/**
 * One ping of a {@link CommandEngine}: its program waits to be started, runs, or has ended. Written
 * by the launcher's thread before it tells of the end, read by the engine's.
 */
final class CommandPing {

    final long handle;
    final EchoTarget target;
    final long timeoutNanos;
    final long lifetimeNanos;

    private @Nullable Process process;
    private long startedAtNanos;
    private boolean ended;

    CommandPing(long handle, EchoTarget target, long timeoutNanos, long lifetimeNanos) {
        this.handle = handle;
        this.target = target;
        this.timeoutNanos = timeoutNanos;
        this.lifetimeNanos = lifetimeNanos;
    }

    synchronized void started(Process newProcess, long atNanos) {
        process = newProcess;
        startedAtNanos = atNanos;
        if (ended) {
            newProcess.toHandle().destroyForcibly();
        }
    }

    synchronized boolean isStarted() {
        return process != null;
    }

    /** When its program was started; 0 if it never was. */
    synchronized long startedAtNanos() {
        return startedAtNanos;
    }

    /** Ends the program, also one that is only about to be started. */
    synchronized void end() {
        ended = true;
        if (process != null) {
            // Not through the process itself: that would throw away what it has printed.
            process.toHandle().destroyForcibly();
        }
    }

    /** Whether {@link #end} was called. */
    synchronized boolean isEnded() {
        return ended;
    }
}
