package org.pingrecorder.recorder.samples;

/**
 * Latencies as bits: each is predicted by a moving mean of those before it, and what it differs by
 * is written as a Golomb-Rice code whose parameter follows the mean difference. So a steady LAN
 * takes few bits, normal jitter of 1 ms about 12.1 (its entropy is 12.05), and no header says how
 * many.
 *
 * <p>The parameter's rule is that of LOCO-I (M. J. Weinberger, G. Seroussi, G. Sapiro, IEEE
 * Transactions on Image Processing 9(8), 2000). One instance codes one run of latencies, in one
 * direction.
 */
final class LatencyCode {

    /** The mean follows by a sixteenth: slow enough to average, fast enough for a new route. */
    private static final int MEAN_SHIFT = 4;

    private static final int FORGET_AT = 64;

    private boolean started;
    private long scaledMean;
    private long differences = 512;
    private int count = 1;

    void write(BitWriter out, int latencyMicros) {
        if (!started) {
            start(latencyMicros);
            out.putBits(latencyMicros, 32);
            return;
        }
        int parameter = parameter();
        long difference = latencyMicros - predicted();
        out.putRice((difference << 1) ^ (difference >> 63), parameter);
        learn(difference, parameter);
    }

    /** Of bits that nobody wrote it makes a number that is no latency, or some latency. */
    int read(BitReader in) {
        if (!started) {
            int first = (int) in.readBits(32);
            start(first);
            return first;
        }
        int parameter = parameter();
        long folded = in.readRice(parameter);
        long difference = (folded >>> 1) ^ -(folded & 1);
        int latencyMicros = (int) (predicted() + difference);
        learn(difference, parameter);
        return latencyMicros;
    }

    private void start(int latencyMicros) {
        started = true;
        scaledMean = (long) latencyMicros << MEAN_SHIFT;
    }

    private long predicted() {
        return (scaledMean + (1 << (MEAN_SHIFT - 1))) >> MEAN_SHIFT;
    }

    /** The smallest k with count × 2^k ≥ differences. */
    private int parameter() {
        int k = Long.numberOfLeadingZeros(count) - Long.numberOfLeadingZeros(differences);
        if (k < 0) {
            return 0;
        }
        return Math.min(31, (long) count << k < differences ? k + 1 : k);
    }

    private void learn(long difference, int parameter) {
        // One outlier must not spoil the code of those that follow it.
        long most = 8L << parameter;
        scaledMean += Math.clamp(difference, -most, most);
        differences += Math.min(Math.abs(difference), most);
        count++;
        if (count == FORGET_AT) {
            differences >>= 1;
            count >>= 1;
        }
    }
}
