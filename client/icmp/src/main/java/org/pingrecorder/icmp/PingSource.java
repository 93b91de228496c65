package org.pingrecorder.icmp;

/**
 * Says which pings are due: the timetable of whoever uses the engine. The engine asks on its own
 * thread: at its start, when the time of the last answer has come, and after {@link
 * IcmpEngine#wake}. After a question that brought pings the next one is at least 1 ms later, so
 * that pings due within a millisecond leave together.
 */
public interface PingSource {

    /**
     * Hands every ping that is due to {@code sender}.
     *
     * @param nowNanos monotonic time of the question
     * @param sender takes the due pings; valid during the call only
     * @return monotonic time in nanoseconds at which the next ping is due, or {@link
     *     Long#MAX_VALUE} when there is none; {@link IcmpEngine#wake} makes the engine ask again
     *     earlier
     */
    long sendDue(long nowNanos, Sender sender);

    /**
     * Takes due pings; all that are handed over in one call leave in as few system calls as fit.
     */
    interface Sender {

        /**
         * Sends one echo request.
         *
         * @param handle the caller's name for this ping, given back in its {@link Decision}
         * @param target where to send it
         * @param timeoutNanos a reply after this much time is late
         * @param graceNanos how long after the timeout a late reply is still waited for
         */
        void ping(long handle, EchoTarget target, long timeoutNanos, long graceNanos);
    }
}
