package org.pingrecorder.agent.channel;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection to a recorder: text messages, and a keep-alive that finds a dead peer.
 * Thread-safe.
 */
final class Link implements AutoCloseable {

    private final Channel channel;
    private final LinkHandler handler;

    /**
     * A connection.
     *
     * @param handler at the end of its pipeline
     */
    Link(Channel channel, LinkHandler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    /** Sends a message; if the connection has gone meanwhile, {@link #receive} will say so. */
    void send(String message) {
        var _ = channel.writeAndFlush(new TextWebSocketFrame(message), channel.voidPromise());
    }

    /** Whether what was sent leaves; not while more than a few hundred messages wait for that. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /**
     * Waits for a message.
     *
     * @return the oldest that was not received yet, or null if there is none in time
     * @throws LinkException once all are received and the connection is gone
     */
    @Nullable String receive(Duration wait) throws LinkException, InterruptedException {
        return handler.receive(wait);
    }

    @Override
    public void close() {
        var _ = channel.close();
    }
}
