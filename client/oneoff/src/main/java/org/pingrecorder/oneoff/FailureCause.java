package org.pingrecorder.oneoff;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.PingLine;

/**
 * Why a ping has no reply. Equal causes are counted together.
 *
 * @param outcome one without a latency
 * @param errorType ICMP type behind {@code unreachable}, else -1
 * @param errorCode ICMP code behind {@code unreachable}, else -1
 * @param errorFrom the router that reported {@code unreachable}
 * @param detail the cause of {@code send_error}, {@code resolve_error} or {@code missed}
 * @param words all of it but the outcome, for people
 */
public record FailureCause(
        Outcome outcome,
        int errorType,
        int errorCode,
        @Nullable String errorFrom,
        @Nullable String detail,
        String words) {

    public static final FailureCause NO_REPLY = new FailureCause(Outcome.TIMEOUT, "", "no reply");

    /** Why a slot of the timetable passed unused. */
    public static final FailureCause HELD_UP =
            new FailureCause(Outcome.MISSED, "the client was held up", "the client was held up");

    private FailureCause(Outcome outcome, String detail, String words) {
        this(outcome, -1, -1, null, detail.isEmpty() ? null : detail, words);
    }

    /** Why a name could not be pinged; in words without the name, which stands before them. */
    public static FailureCause unresolved(String host, String fault) {
        boolean begins = fault.startsWith(host + " ") || fault.startsWith(host + ": ");
        String words = begins ? fault.substring(host.length() + 1).strip() : fault;
        return new FailureCause(Outcome.RESOLVE_ERROR, fault, words);
    }

    /** Whatever had that outcome for one cause too many to be kept apart. */
    static FailureCause other(Outcome outcome) {
        return new FailureCause(outcome, "", "other causes");
    }

    /** The cause behind a decision, or null if there was a reply. */
    public static @Nullable FailureCause of(Outcome outcome, Decision decision) {
        return switch (outcome) {
            case REPLY, LATE -> null;
            case TIMEOUT -> NO_REPLY;
            case UNREACHABLE ->
                    unreachable(
                            decision.target().isIpv6(),
                            decision.errorType(),
                            decision.errorCode(),
                            decision.errorFrom());
            case SEND_ERROR, RESOLVE_ERROR, MISSED -> notSent(outcome, decision.cause());
        };
    }

    /** The cause behind what another process tells, or null if there was a reply. */
    public static @Nullable FailureCause of(Outcome outcome, PingLine line) {
        return switch (outcome) {
            case REPLY, LATE -> null;
            case TIMEOUT -> NO_REPLY;
            case UNREACHABLE ->
                    unreachable(
                            line.address() != null && line.address().indexOf(':') >= 0,
                            line.errorType() == null ? -1 : line.errorType(),
                            line.errorCode() == null ? -1 : line.errorCode(),
                            line.errorFrom());
            case RESOLVE_ERROR ->
                    line.cause() == null
                            ? notSent(outcome, null)
                            : unresolved(line.target(), line.cause());
            case SEND_ERROR, MISSED -> notSent(outcome, line.cause());
        };
    }

    private static FailureCause notSent(Outcome outcome, @Nullable String cause) {
        return cause == null
                ? new FailureCause(outcome, "", "no cause known")
                : new FailureCause(outcome, cause, CauseWords.of(cause));
    }

    private static FailureCause unreachable(
            boolean ipv6, int type, int code, @Nullable String from) {
        String words =
                type < 0 ? "an ICMP error" : IcmpWords.of(ipv6, type, code) + numbers(type, code);
        words += from == null ? "" : " from " + from;
        return new FailureCause(Outcome.UNREACHABLE, type, code, from, null, words);
    }

    private static String numbers(int type, int code) {
        return code < 0 ? " (type %d)".formatted(type) : " (type %d code %d)".formatted(type, code);
    }

    /** {@link #words} without numbers that the words say too. */
    public String briefWords() {
        return words.replace(numbers(errorType, errorCode), "");
    }

    /** With the outcome where that says more: {@code unreachable, host unreachable (type …}. */
    public String text() {
        return outcome == Outcome.TIMEOUT ? outcome.text() : outcome.text() + ", " + words;
    }
}
