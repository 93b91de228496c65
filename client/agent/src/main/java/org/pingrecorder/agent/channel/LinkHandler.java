package org.pingrecorder.agent.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The end of a {@link Link}'s pipeline; fills its inbox on the event loop. */
final class LinkHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

    /** Keep-alives without an answer after which the other end is dead. */
    private static final int MOST_SILENCES = 3;

    /** Nobody sends so much to somebody who does not read. */
    private static final int MOST_WAITING = 256;

    /** A message, or why there will be no more. */
    private record Received(@Nullable String text, @Nullable LinkException end) {}

    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final BlockingQueue<Received> inbox = new LinkedBlockingQueue<>();
    private int silences;
    private boolean ended;

    void awaitOpen(Duration patience) throws LinkException, InterruptedException {
        try {
            open.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw LinkException.blocked("no answer in time", e);
        } catch (ExecutionException e) {
            throw LinkFailures.opening(e.getCause());
        }
    }

    @Nullable String receive(Duration wait) throws LinkException, InterruptedException {
        Received received = inbox.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        if (received == null) {
            return null;
        }
        if (received.end() != null) {
            inbox.add(received);
            throw received.end();
        }
        return received.text();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            open.complete(null);
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            end(ctx, LinkException.blocked("no answer to the handshake", null));
        } else if (event instanceof IdleStateEvent idle) {
            silences = idle.isFirst() ? 1 : silences + 1;
            if (silences >= MOST_SILENCES) {
                end(ctx, LinkException.away("nothing was heard any more", null));
            } else if (open.isDone()) {
                var _ = ctx.writeAndFlush(new PingWebSocketFrame(), ctx.voidPromise());
            }
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            String reason = close.reasonText();
            end(
                    ctx,
                    LinkException.away(
                            reason == null || reason.isEmpty()
                                    ? "the recorder closed it (" + close.statusCode() + ")"
                                    : "the recorder closed it: " + reason,
                            null));
        } else if (frame instanceof TextWebSocketFrame text) {
            inbox.add(new Received(text.text(), null));
            if (inbox.size() > MOST_WAITING) {
                end(ctx, LinkException.away("more was sent than could be read", null));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(ctx, LinkException.away("it was cut", null));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        open.completeExceptionally(cause);
        end(ctx, LinkException.away(LinkFailures.words(cause), cause));
    }

    private void end(ChannelHandlerContext ctx, LinkException why) {
        open.completeExceptionally(why);
        if (!ended) {
            ended = true;
            inbox.add(new Received(null, why));
        }
        var _ = ctx.close();
    }
}
