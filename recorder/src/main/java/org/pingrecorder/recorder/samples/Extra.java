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

    /**
     * @throws IllegalArgumentException if there are fewer than no duplicates
     */
    public Extra {
        if (duplicates < 0) {
            throw new IllegalArgumentException(duplicates + " duplicates");
        }
    }

    Extra withDuplicates(int count) {
        return new Extra(count, slipMicros, cutOff, cause);
    }

    Extra withSlipMicros(int micros) {
        return new Extra(duplicates, micros, cutOff, cause);
    }

    Extra withCutOff() {
        return new Extra(duplicates, slipMicros, true, cause);
    }

    Extra withCause(Cause known) {
        return new Extra(duplicates, slipMicros, cutOff, known);
    }
}
