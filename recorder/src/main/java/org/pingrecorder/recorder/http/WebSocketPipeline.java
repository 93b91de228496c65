package org.pingrecorder.recorder.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.util.concurrent.Future;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a WebSocket peer can make the recorder keep in memory: Micronaut would collect
 * fragments of a message, and unpack compressed ones, without end, answer all pings of a peer that
 * reads no answer, and keep a connection that it closes until the peer has read all before.
 */
@Singleton
final class WebSocketPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private static final String BOUND = "websocket-bound";
    private static final String PATIENCE = "websocket-patience";
    private static final long MOST_CLOSING_SECONDS = 10;

    @Override
    public NettyServerCustomizer.Registry onCreated(
            BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean()
                .register(
                        new NettyServerCustomizer() {
                            @Override
                            public NettyServerCustomizer specializeForChannel(
                                    Channel channel, ChannelRole role) {
                                return role == ChannelRole.CONNECTION ? new Bound(channel) : this;
                            }
                        });
        return event.getBean();
    }

    private record Bound(Channel channel) implements NettyServerCustomizer {

        @Override
        public void onStreamPipelineBuilt() {
            ChannelPipeline pipeline = channel.pipeline();
            ChannelHandler compression = pipeline.get(WebSocketServerCompressionHandler.class);
            if (compression != null) {
                pipeline.replace(
                        compression,
                        BOUND,
                        new WebSocketFrameAggregator(WebSockets.LONGEST_MESSAGE_BYTES));
                pipeline.addAfter(BOUND, PATIENCE, new Patience());
            }
        }
    }

    /**
     * With peers that read slowly or not at all: while much waits for one, its pings are not
     * answered; some time after its last frame was given, whether or not that has left, the
     * connection is ended.
     */
    static final class Patience extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof PingWebSocketFrame ping && !context.channel().isWritable()) {
                ping.release();
            } else {
                super.channelRead(context, message);
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
                throws Exception {
            if (message instanceof CloseWebSocketFrame) {
                Channel channel = context.channel();
                Future<?> end =
                        context.executor()
                                .schedule(
                                        () -> {
                                            var _ = channel.close();
                                        },
                                        MOST_CLOSING_SECONDS,
                                        TimeUnit.SECONDS);
                channel.closeFuture().addListener(closed -> end.cancel(false));
            }
            super.write(context, message, promise);
        }
    }
}
