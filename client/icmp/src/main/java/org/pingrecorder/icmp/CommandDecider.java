package org.pingrecorder.icmp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.pingrecorder.icmp.command.ProgramResult;

/** Decides the pings of a {@link CommandEngine} by what their programs said. */
final class CommandDecider {

    static final String PROGRAM_GAVE_UP = "program_gave_up";

    private final PingListener listener;
    private final Counters counters;
    private final CurrentDecision decision = new CurrentDecision();

    CommandDecider(PingListener listener, Counters counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /** A ping for which no program was started. */
    void notSent(CommandPing ping, Outcome outcome, long nowNanos, String cause) {
        counters.add(outcome == Outcome.MISSED ? Counters.NOT_SENT : Counters.SEND_ERRORS);
        listener.decided(decision.of(ping.handle, ping.target, outcome, nowNanos).withCause(cause));
    }

    /** A ping, counted as sent, whose program has ended. */
    void decide(CommandPing ping, long sentAtNanos, ProgramResult result) {
        switch (result) {
            case ProgramResult.Reply reply -> reply(ping, sentAtNanos, reply);
            case ProgramResult.Unreachable error -> unreachable(ping, sentAtNanos, error);
            case ProgramResult.NotSent refused -> {
                counters.remove(Counters.SENT);
                notSent(ping, Outcome.SEND_ERROR, sentAtNanos, refused.cause());
            }
            case ProgramResult.Corrupted _ -> received(ping, sentAtNanos, Counters.CORRUPTED);
            case ProgramResult.Foreign _ -> received(ping, sentAtNanos, Counters.FOREIGN);
            case ProgramResult.GaveUp _ -> gaveUp(ping, sentAtNanos);
            case ProgramResult.Silence _ -> timeout(ping, sentAtNanos);
        }
    }

    private void reply(CommandPing ping, long sentAtNanos, ProgramResult.Reply reply) {
        long rttNanos = reply.rttNanos();
        if (rttNanos > ping.lifetimeNanos) {
            received(ping, sentAtNanos, Counters.EXPIRED);
            return;
        }
        counters.add(Counters.RECEIVED);
        if (rttNanos < Decider.FLOOR_NANOS) {
            counters.add(Counters.CLAMPED);
            rttNanos = Decider.FLOOR_NANOS;
        }
        boolean late = rttNanos > ping.timeoutNanos;
        counters.add(late ? Counters.LATE : Counters.REPLIES);
        Outcome outcome = late ? Outcome.LATE : Outcome.REPLY;
        listener.decided(
                decision.of(ping.handle, ping.target, outcome, sentAtNanos)
                        .withReply(rttNanos, reply.ttl(), reply.icmpBytes()));
    }

    private void unreachable(CommandPing ping, long sentAtNanos, ProgramResult.Unreachable error) {
        counters.add(Counters.ERRORS_RECEIVED);
        counters.add(Counters.UNREACHABLE);
        CurrentDecision current =
                decision.of(ping.handle, ping.target, Outcome.UNREACHABLE, sentAtNanos)
                        .withError(error.type(), error.code());
        InetAddress from = error.from();
        boolean sameFamily = from instanceof Inet6Address == ping.target.isIpv6();
        if (from != null && sameFamily) {
            ByteBuffer bytes = ByteBuffer.wrap(from.getAddress());
            long high = ping.target.isIpv6() ? bytes.getLong() : 0;
            long low =
                    ping.target.isIpv6() ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
            current.withErrorFrom(high, low);
        }
        listener.decided(current);
    }

    /** What came decides nothing, so that the ping ends without a reply. */
    private void received(CommandPing ping, long sentAtNanos, int counter) {
        counters.add(Counters.RECEIVED);
        counters.add(counter);
        timeout(ping, sentAtNanos);
    }

    /** The reply may still have come, to nobody. */
    private void gaveUp(CommandPing ping, long sentAtNanos) {
        counters.add(Counters.ERRORS_RECEIVED);
        counters.add(Counters.ERRORS_IGNORED);
        counters.add(Counters.OVERFLOWED);
        listener.decided(
                decision.of(ping.handle, ping.target, Outcome.MISSED, sentAtNanos)
                        .withCause(PROGRAM_GAVE_UP));
    }

    private void timeout(CommandPing ping, long sentAtNanos) {
        counters.add(Counters.TIMEOUTS);
        listener.decided(decision.of(ping.handle, ping.target, Outcome.TIMEOUT, sentAtNanos));
    }
}
