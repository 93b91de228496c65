package org.pingrecorder.agent.batch;

import org.jspecify.annotations.Nullable;

/**
 * A time of which pings are missing, and why.
 *
 * @param ip whose, or null for all of the client's
 * @param fromMicros start in microseconds since the Unix epoch, included
 * @param toMicros end, excluded; {@link #OPEN} until the ip is pinged again
 */
public record Gap(@Nullable BatchIp ip, long fromMicros, long toMicros, Reason reason) {

    /** An end that is not known yet. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Why. */
    public enum Reason {
        /** They were measured, and dropped for want of room or unreadable on disk. */
        DROPPED("dropped"),
        /** The client was told to stop, or no longer to ping that ip. */
        STOPPED("stopped"),
        /** The same of the client's run before, told by the run after it. */
        WAS_STOPPED("stopped"),
        /** The client was told to pause. */
        PAUSED("paused"),
        /** The client did not run, and nobody said so. */
        NOT_RUNNING("not_running");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** As it is written in JSON. */
        public String text() {
            return text;
        }
    }

    /** A gap of all ips. */
    public static Gap ofAll(long fromMicros, long toMicros, Reason reason) {
        return new Gap(null, fromMicros, toMicros, reason);
    }

    /** Whether the other is of all ips and the same reason too, and no time is between them. */
    public boolean overlaps(Gap other) {
        return isNear(other, 0);
    }

    /**
     * Whether it {@link #overlaps} the other, or no more than so long is between them. Two that
     * have no end may have two: they are near only if they begin together.
     */
    public boolean isNear(Gap other, long micros) {
        return ip == null
                && other.ip == null
                && reason == other.reason
                && ((toMicros != OPEN && other.toMicros != OPEN) || fromMicros == other.fromMicros)
                && fromMicros - micros <= other.toMicros
                && other.fromMicros - micros <= toMicros;
    }

    /** This and one that {@link #overlaps} it as one. */
    public Gap with(Gap other) {
        return ofAll(
                Math.min(fromMicros, other.fromMicros), Math.max(toMicros, other.toMicros), reason);
    }

    /** Whether it says that the whole client stops, by its own word at the end of its run. */
    public boolean isStopOfAll() {
        return ip == null && toMicros == OPEN && reason == Reason.STOPPED;
    }
}
