package org.pingrecorder.agent.batch;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

/** A decided ping, made by hand. */
public record GivenPing(
        PingedIp ip,
        long plannedEpochMicros,
        int clockSteps,
        Outcome outcome,
        long latencyMicros,
        long slipNanos,
        @Nullable EchoTarget target,
        int ttl,
        int errorType,
        int errorCode,
        @Nullable String errorFrom,
        @Nullable String cause)
        implements PingResult {

    /** An ip every second. */
    public static PingedIp ip(String address) {
        return new PingedIp(
                Address.parse(address),
                null,
                null,
                new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO));
    }

    /** A reply, or a timeout where the latency is -1. */
    public static GivenPing of(PingedIp ip, long epochMicros, int latencyMicros) {
        return new GivenPing(
                ip,
                epochMicros,
                0,
                latencyMicros < 0 ? Outcome.TIMEOUT : Outcome.REPLY,
                latencyMicros,
                0,
                null,
                latencyMicros < 0 ? -1 : 57,
                -1,
                -1,
                null,
                null);
    }

    @Override
    public long sentAtNanos() {
        return 0;
    }

    GivenPing at(String address) {
        return new GivenPing(
                ip,
                plannedEpochMicros,
                clockSteps,
                outcome,
                latencyMicros,
                slipNanos,
                EchoTarget.of(InetAddress.ofLiteral(address)),
                ttl,
                errorType,
                errorCode,
                errorFrom,
                cause);
    }

    GivenPing steps(int steps) {
        return new GivenPing(
                ip,
                plannedEpochMicros,
                steps,
                outcome,
                latencyMicros,
                slipNanos,
                target,
                ttl,
                errorType,
                errorCode,
                errorFrom,
                cause);
    }

    static GivenPing unreachable(PingedIp ip, long epochMicros, int type, int code, String from) {
        return new GivenPing(
                ip, epochMicros, 0, Outcome.UNREACHABLE, -1, 0, null, -1, type, code, from, null);
    }

    static GivenPing notSent(PingedIp ip, long epochMicros, Outcome outcome, String cause) {
        return new GivenPing(ip, epochMicros, 0, outcome, -1, -1, null, -1, -1, -1, null, cause);
    }
}
