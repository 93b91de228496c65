package org.pingrecorder.icmp;

/**
 * Learns what became of each ping. Called on the engine's thread: an implementation hands over and
 * returns, it never blocks.
 */
public interface PingListener {

    /**
     * One ping is decided; called exactly once for each ping that was sent, unless the engine is
     * closed before that.
     *
     * @param decision valid during the call only: the engine uses the object again
     */
    void decided(Decision decision);

    /**
     * A further reply to a ping that already has its decision, and that changes nothing about it.
     *
     * @param handle the ping
     */
    default void duplicate(long handle) {}

    /**
     * The engine's thread ended by a fault of its own; nothing more will be decided.
     *
     * @param cause the fault
     */
    void failed(Throwable cause);
}
