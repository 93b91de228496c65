package org.pingrecorder.testnet;

/**
 * A token bucket, as hosts and routers limit the ICMP messages they send. All rules that use the
 * same object share the bucket. Used on the far end's thread only.
 */
public final class RateLimit {

    private final double tokensPerNano;
    private final int burst;
    private double tokens;
    private long filledNanos;
    private boolean used;

    /**
     * A full bucket.
     *
     * @param perSecond how many requests are answered in the long run
     * @param burst how many are answered at once after a quiet time
     */
    public RateLimit(double perSecond, int burst) {
        this.tokensPerNano = perSecond / 1e9;
        this.burst = burst;
        this.tokens = burst;
    }

    boolean admits(long nowNanos) {
        if (used) {
            tokens = Math.min(burst, tokens + (nowNanos - filledNanos) * tokensPerNano);
        }
        used = true;
        filledNanos = nowNanos;
        boolean admitted = tokens >= 1;
        if (admitted) {
            tokens--;
        }
        return admitted;
    }
}
