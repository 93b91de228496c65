package org.pingrecorder.agent.timetable;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.Outcome;

record FakeDecision(
        long handle, EchoTarget target, Outcome outcome, long sentAtNanos, long rttNanos)
        implements Decision {

    @Override
    public int ttl() {
        return 64;
    }

    @Override
    public int replyBytes() {
        return 64;
    }

    @Override
    public int errorType() {
        return -1;
    }

    @Override
    public int errorCode() {
        return -1;
    }

    @Override
    public @Nullable String errorFrom() {
        return null;
    }

    @Override
    public @Nullable String cause() {
        return null;
    }
}
