package org.pingrecorder.recorder.samples;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Whose pings are read, and of which time.
 *
 * @param ipIds some of the client's ips
 * @param startMicros inclusive, in microseconds since the Unix epoch
 * @param endMicros exclusive
 */
public record SampleSpan(
        String client, NavigableSet<Long> ipIds, long startMicros, long endMicros) {

    /** The same of any collection. */
    public static SampleSpan of(
            String client, Collection<Long> ipIds, long startMicros, long endMicros) {
        return new SampleSpan(client, new TreeSet<>(ipIds), startMicros, endMicros);
    }
}
