package org.pingrecorder.icmp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one decision object of an engine, filled again for each ping. */
final class CurrentDecision implements Decision {

    private static final int NONE = -1;

    private long handle;
    private @Nullable EchoTarget target;
    private Outcome outcome = Outcome.TIMEOUT;
    private long sentAtNanos;
    private long rttNanos;
    private int ttl;
    private int replyBytes;
    private int errorType;
    private int errorCode;
    private boolean errorFromKnown;
    private long errorFromHigh;
    private long errorFromLow;
    private @Nullable String cause;

    /** A decision with nothing but the outcome; the rest is for {@code with…}. */
    CurrentDecision of(long newHandle, EchoTarget newTarget, Outcome newOutcome, long newSentAt) {
        handle = newHandle;
        target = newTarget;
        outcome = newOutcome;
        sentAtNanos = newSentAt;
        rttNanos = NONE;
        ttl = NONE;
        replyBytes = NONE;
        errorType = NONE;
        errorCode = NONE;
        errorFromKnown = false;
        cause = null;
        return this;
    }

    CurrentDecision withReply(long newRttNanos, int newTtl, int newReplyBytes) {
        rttNanos = newRttNanos;
        ttl = newTtl;
        replyBytes = newReplyBytes;
        return this;
    }

    CurrentDecision withError(int type, int code) {
        errorType = type;
        errorCode = code;
        return this;
    }

    CurrentDecision withErrorFrom(long fromHigh, long fromLow) {
        errorFromKnown = true;
        errorFromHigh = fromHigh;
        errorFromLow = fromLow;
        return this;
    }

    CurrentDecision withCause(String newCause) {
        cause = newCause;
        return this;
    }

    @Override
    public long handle() {
        return handle;
    }

    @Override
    public EchoTarget target() {
        return Objects.requireNonNull(target, "no decision yet");
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public long sentAtNanos() {
        return sentAtNanos;
    }

    @Override
    public long rttNanos() {
        return rttNanos;
    }

    @Override
    public int ttl() {
        return ttl;
    }

    @Override
    public int replyBytes() {
        return replyBytes;
    }

    @Override
    public int errorType() {
        return errorType;
    }

    @Override
    public int errorCode() {
        return errorCode;
    }

    @Override
    public @Nullable String errorFrom() {
        return errorFromKnown
                ? AddressText.of(target().isIpv6(), errorFromHigh, errorFromLow)
                : null;
    }

    @Override
    public @Nullable String cause() {
        return cause;
    }
}
