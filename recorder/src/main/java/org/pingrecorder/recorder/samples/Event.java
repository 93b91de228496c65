package org.pingrecorder.recorder.samples;

import org.pingrecorder.wire.Outcome;

/** What is out of the ordinary: its numbers, which are stored in four bits each. */
final class Event {

    /** No more of them; the only one without an index. */
    static final int END = 0;

    static final int LATE = 1;
    static final int TIMEOUT = 2;
    static final int UNREACHABLE = 3;
    static final int SEND_ERROR = 4;
    static final int RESOLVE_ERROR = 5;
    static final int MISSED = 6;
    static final int CAUSE = 7;
    static final int DUPLICATES = 8;
    static final int SLIP = 9;
    static final int CUT_OFF = 10;

    /** From this reply on. */
    static final int TTL = 11;

    /** From this ping on. */
    static final int ADDRESS = 12;

    static final int KIND_BITS = 4;

    private Event() {}

    static int of(Outcome outcome) {
        return switch (outcome) {
            case REPLY -> throw new IllegalArgumentException("a reply is the usual case");
            case LATE -> LATE;
            case TIMEOUT -> TIMEOUT;
            case UNREACHABLE -> UNREACHABLE;
            case SEND_ERROR -> SEND_ERROR;
            case RESOLVE_ERROR -> RESOLVE_ERROR;
            case MISSED -> MISSED;
        };
    }

    static Outcome outcome(int kind) {
        return switch (kind) {
            case LATE -> Outcome.LATE;
            case TIMEOUT -> Outcome.TIMEOUT;
            case UNREACHABLE -> Outcome.UNREACHABLE;
            case SEND_ERROR -> Outcome.SEND_ERROR;
            case RESOLVE_ERROR -> Outcome.RESOLVE_ERROR;
            case MISSED -> Outcome.MISSED;
            default -> throw new IllegalArgumentException("event " + kind + " is unknown");
        };
    }
}
