package org.pingrecorder.testnet;

/**
 * What the far end saw and did for one prefix. Packets count when they were sent; once {@link
 * FarEnd#isIdle}, every request was answered at least once or is {@code unanswered}.
 *
 * @param requests echo requests that arrived
 * @param unanswered requests that get no packet at all
 * @param replies right echo replies, the first to each request
 * @param duplicates further right replies
 * @param corrupted replies with wrong bytes
 * @param foreign sound replies that belong to no ping, or come from another host
 * @param errors ICMP errors
 * @param overtaken right first replies sent after one to a later request
 */
public record PrefixCounts(
        long requests,
        long unanswered,
        long replies,
        long duplicates,
        long corrupted,
        long foreign,
        long errors,
        long overtaken) {

    /** Packets sent. */
    public long sent() {
        return replies + duplicates + corrupted + foreign + errors;
    }
}
