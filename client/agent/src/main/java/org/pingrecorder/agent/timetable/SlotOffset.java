package org.pingrecorder.agent.timetable;

/**
 * The place of an ip within its interval: fixed for one (client, ip), spread evenly over all of
 * them, and the same after every restart.
 */
final class SlotOffset {

    /**
     * Offsets are multiples of this, so that pings of several ips share a wake-up, which costs as
     * much processor time as they do.
     */
    static final long PLACE_MICROS = 5_000;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private SlotOffset() {}

    /**
     * The offset in microseconds, from 0 to less than {@code intervalMicros}, which is at least
     * {@link #PLACE_MICROS}.
     *
     * @param client the client's name
     * @param ip canonical address or host name
     */
    static long micros(String client, String ip, long intervalMicros) {
        // The high word of hash x places is hash mod places without its bias and division.
        long places = intervalMicros / PLACE_MICROS;
        return Math.unsignedMultiplyHigh(hash(client, ip), places) * PLACE_MICROS;
    }

    /** FNV-1a over both names, then MurmurHash3's finalizer: neighbours end far apart. */
    private static long hash(String client, String ip) {
        long hash = mix(mix(FNV_OFFSET, client) * FNV_PRIME, ip);
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    private static long mix(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
