package org.pingrecorder.recorder.samples;

import org.jspecify.annotations.Nullable;

/**
 * What few pings have beside time, outcome and latency.
 *
 * @param duplicates further replies to it, 0 or more
 * @param slipMicros how long after its slot it left; 0 unless that is worth telling
 * @param cutOff whether its client judged itself cut off from the network
 * @param cause why it has no reply, or null
 */
public record Extra(int duplicates, int slipMicros, boolean cutOff, @Nullable Cause cause) {

    /** Nothing of it. */
    public static final Extra NONE = new Extra(0, 0, false, null);
}
