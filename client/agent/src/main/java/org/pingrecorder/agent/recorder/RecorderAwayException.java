package org.pingrecorder.agent.recorder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The recorder did not take a request for now: the same request may succeed later. */
public final class RecorderAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean answered;
    private final Duration wait;

    private RecorderAwayException(
            String message, boolean answered, Duration wait, @Nullable Throwable cause) {
        super(message, cause);
        this.answered = answered;
        this.wait = wait;
    }

    static RecorderAwayException answered(
            String message, Duration wait, @Nullable Throwable cause) {
        return new RecorderAwayException(message, true, wait, cause);
    }

    static RecorderAwayException unanswered(String message, Throwable cause) {
        return new RecorderAwayException(message, false, Duration.ZERO, cause);
    }

    /** It refuses whatever it is sent, which is no fault of any one request. */
    public static RecorderAwayException refusesAll(RequestRefusedException e) {
        return answered(
                "it refuses one batch after another, so none is set aside any more: mend or update"
                        + " the recorder; "
                        + e.getMessage(),
                Duration.ZERO,
                e);
    }

    /** Whether there was an answer at all; other requests may then fare better. */
    public boolean isAnswered() {
        return answered;
    }

    /** How long the recorder asked to be left alone; zero where it did not say. */
    public Duration asksToWait() {
        return wait;
    }
}
