package org.pingrecorder.agent.delivery;

/**
 * What delivery may take.
 *
 * @param queuedPings in memory at most; the oldest give way
 * @param posts under way at most
 */
public record DeliveryLimits(int queuedPings, int posts) {

    /** 200,000 pings, about 15 MB, and 16 posts: 500 ips at 1 s with a recorder 30 ms away. */
    public static final DeliveryLimits DEFAULT = new DeliveryLimits(200_000, 16);
}
