package org.pingrecorder.icmp.socket;

/**
 * What one receive call brought. One object per network, filled again by each receive; used on the
 * engine's thread only.
 */
public final class ReceivedBatch {

    private final ReceivedPacket[] packets;
    private int result;
    private int drops;

    /** A batch with room for so many packets. */
    public ReceivedBatch(int capacity) {
        this.packets = new ReceivedPacket[capacity];
        for (int i = 0; i < capacity; i++) {
            packets[i] = new ReceivedPacket();
        }
    }

    public int capacity() {
        return packets.length;
    }

    /** Number of packets, or the negative errno. */
    public int result() {
        return result;
    }

    /** One of the first {@link #result} packets. */
    public ReceivedPacket packet(int index) {
        return packets[index];
    }

    /**
     * The socket's count of messages dropped for want of buffer, as the last packet knew it; 0
     * where none was.
     */
    public int drops() {
        return drops;
    }

    /** Says what the call brought; for the socket that filled the rows. */
    public void complete(int newResult, int newDrops) {
        this.result = newResult;
        this.drops = newDrops;
    }
}
