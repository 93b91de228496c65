package org.pingrecorder.testnet;

/** Is told what the far end sends, on its thread: whoever implements it is quick. */
@FunctionalInterface
public interface SentAnswers {

    /**
     * A packet is sent next.
     *
     * @param request what it answers
     * @param kind what it is
     * @param delayNanos time from the request's arrival until now: the delay really given
     */
    void sending(Request request, Answers.Kind kind, long delayNanos);
}
