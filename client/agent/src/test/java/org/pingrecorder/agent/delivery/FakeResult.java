package org.pingrecorder.agent.delivery;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Outcome;

record FakeResult(PingedIp ip, long plannedEpochMicros, Outcome outcome, long latencyMicros)
        implements PingResult {

    @Override
    public int clockSteps() {
        return 0;
    }

    @Override
    public long slipNanos() {
        return 0;
    }

    @Override
    public long sentAtNanos() {
        return 0;
    }

    @Override
    public @Nullable EchoTarget target() {
        return null;
    }

    @Override
    public int ttl() {
        return -1;
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
