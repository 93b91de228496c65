package org.pingrecorder.agent.batch;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a batch as a whole.
 *
 * @param number within its spool, from 1
 * @param sealedMicros when it was sealed, in microseconds since the Unix epoch
 * @param epoch counts the starts and clock steps of the client; times with one epoch are of one
 *     clock
 * @param offsetMicros the recorder's clock minus the client's as estimated when it was sealed, or
 *     null
 * @param pings how many
 * @param firstMicros the earliest planned time; {@code sealedMicros} if there are no pings
 * @param lastMicros the latest planned time; {@code sealedMicros} if there are no pings
 */
public record BatchHeader(
        long number,
        long sealedMicros,
        long epoch,
        @Nullable Long offsetMicros,
        int pings,
        long firstMicros,
        long lastMicros) {}
