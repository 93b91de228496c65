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
    private static final int LONGEST_UNARY = 24;

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
        long folded = (difference << 1) ^ (difference >> 63);
        long quotient = folded >>> parameter;
        if (quotient < LONGEST_UNARY) {
            out.putBits((1L << (quotient + 1)) - 2, (int) quotient + 1);
            out.putBits(folded, parameter);
        } else {
            out.putBits((1L << LONGEST_UNARY) - 1, LONGEST_UNARY);
            out.putBits(folded, 32);
        }
        learn(difference);
    }

    int read(BitReader in) {
        if (!started) {
            int first = (int) in.readBits(32);
            start(first);
            return first;
        }
        int parameter = parameter();
        int quotient = in.readOnes(LONGEST_UNARY);
        long folded =
                quotient < LONGEST_UNARY
                        ? ((long) quotient << parameter) | in.readBits(parameter)
                        : in.readBits(32);
        long difference = (folded >>> 1) ^ -(folded & 1);
        int latencyMicros = (int) (predicted() + difference);
        learn(difference);
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
        long mean = (differences + count - 1) / count;
        return mean <= 1 ? 0 : Math.min(31, 64 - Long.numberOfLeadingZeros(mean - 1));
    }

    private void learn(long difference) {
        // One outlier must not spoil the code of those that follow it.
        long most = 8 * (differences / count) + 8;
        scaledMean += Math.clamp(difference, -most, most);
        differences += Math.min(Math.abs(difference), most);
        count++;
        if (count == FORGET_AT) {
            differences >>= 1;
            count >>= 1;
        }
    }
}
