package org.pingrecorder.recorder.intake;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;

/**
 * Pings of one ip, checked and packed.
 *
 * @param number of the series in its batch, from 0
 * @param ip what was pinged
 * @param name what people call it, or null
 * @param startMicros time of the series' index 0
 * @param intervalMicros of its timetable; 0 where it is on none
 * @param firstMicros time of its earliest ping
 * @param lastMicros time of its latest ping
 * @param pings how many, at least one
 * @param payload what {@link SampleCodec} makes of them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies would cost
record Series(
        int number,
        KnownIp ip,
        @Nullable String name,
        long startMicros,
        long intervalMicros,
        long firstMicros,
        long lastMicros,
        int pings,
        byte[] payload) {

    /** Packs samples, which are in the order of time. */
    static Series of(
            int number,
            KnownIp ip,
            @Nullable String name,
            long startMicros,
            long intervalMicros,
            Samples samples) {
        return new Series(
                number,
                ip,
                name,
                startMicros,
                intervalMicros,
                samples.atMicros(0),
                samples.atMicros(samples.size() - 1),
                samples.size(),
                SampleCodec.encode(samples));
    }

    /** The index in the series of a ping of that time. */
    int index(long atMicros) {
        return intervalMicros == 0 ? 0 : (int) ((atMicros - startMicros) / intervalMicros);
    }
}
