package org.pingrecorder.wire;

import io.micronaut.serde.annotation.Serdeable;

/**
 * The first NDJSON line of a task, sent at once.
 *
 * @param type always {@code begin}
 * @param task its id
 * @param clients how many are asked to ping; 1 where it is the recorder itself
 */
@Serdeable
public record TaskBeginLine(String type, String task, int clients) {

    /** The value of {@link #type}. */
    public static final String TYPE = "begin";
}
