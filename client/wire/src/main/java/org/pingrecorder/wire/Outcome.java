package org.pingrecorder.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of one ping, as it is recorded and told. */
public enum Outcome {
    /** The first matching reply came before the timeout; counts as received. */
    REPLY(Counts.RECEIVED),
    /** The first matching reply came after the timeout; neither received nor lost. */
    LATE(Counts.LATE),
    /** Nothing came; lost. */
    TIMEOUT(Counts.LOST),
    /** An ICMP error came back; lost. */
    UNREACHABLE(Counts.LOST),
    /** The client's machine refused to send; not sent. */
    SEND_ERROR(Counts.NOT_SENT),
    /** The host name did not resolve; not sent. */
    RESOLVE_ERROR(Counts.NOT_SENT),
    /** The client could not keep the slot, or dropped the reply itself; not sent. */
    MISSED(Counts.NOT_SENT);

    /** How an outcome enters the totals: sent is received, late and lost together. */
    public enum Counts {
        RECEIVED,
        LATE,
        LOST,
        NOT_SENT
    }

    private final Counts counts;
    private final String text;

    Outcome(Counts counts) {
        this.counts = counts;
        this.text = name().toLowerCase(Locale.ROOT);
    }

    public Counts counts() {
        return counts;
    }

    /** Whether a ping with this outcome has a latency; all others have null. */
    public boolean hasLatency() {
        return counts == Counts.RECEIVED || counts == Counts.LATE;
    }

    /** The outcome as it is written in JSON: {@code reply}, {@code send_error}, and so on. */
    public String text() {
        return text;
    }

    /** The outcome written as {@code text}, exactly. */
    public static Optional<Outcome> ofText(String text) {
        return Arrays.stream(values()).filter(o -> o.text.equals(text)).findFirst();
    }

    /** All texts, for messages: {@code reply, late, …}. */
    public static String texts() {
        return Arrays.stream(values()).map(Outcome::text).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text;
    }
}
