package org.pingrecorder.oneoff;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.Outcome;

/** What an engine says of a ping, as a test gives it. */
public record GivenDecision(
        long handle,
        EchoTarget target,
        Outcome outcome,
        long sentAtNanos,
        long rttNanos,
        int errorType,
        int errorCode,
        @Nullable String errorFrom,
        @Nullable String cause)
        implements Decision {

    static GivenDecision of(
            long handle, EchoTarget target, Outcome outcome, long sentAtNanos, long rttNanos) {
        return new GivenDecision(
                handle, target, outcome, sentAtNanos, rttNanos, -1, -1, null, null);
    }

    public static GivenDecision reply(long handle, EchoTarget target, long sentAtNanos) {
        return of(handle, target, Outcome.REPLY, sentAtNanos, 1_500_000);
    }

    public static GivenDecision failed(Outcome outcome, EchoTarget target, @Nullable String cause) {
        return new GivenDecision(0, target, outcome, 0, -1, -1, -1, null, cause);
    }

    public static GivenDecision unreachable(
            EchoTarget target, int type, int code, @Nullable String from) {
        return new GivenDecision(0, target, Outcome.UNREACHABLE, 0, -1, type, code, from, null);
    }

    @Override
    public int ttl() {
        return 64;
    }

    @Override
    public int replyBytes() {
        return 64;
    }
}
