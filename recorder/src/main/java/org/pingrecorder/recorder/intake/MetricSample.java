package org.pingrecorder.recorder.intake;

import java.util.List;

/**
 * What a client measured of its host at one time.
 *
 * @param atMicros by the recorder's clock, in microseconds since the Unix epoch
 * @param intervalMicros when the next one was to follow
 * @param names each once; see {@link org.pingrecorder.wire.MetricName}
 * @param values as many, all finite
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MetricSample(
        long atMicros, long intervalMicros, List<String> names, double[] values) {

    /** The same at another time. */
    MetricSample movedBy(long micros) {
        return new MetricSample(atMicros + micros, intervalMicros, names, values);
    }
}
