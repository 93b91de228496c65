package org.pingrecorder.recorder.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import jakarta.inject.Singleton;

/**
 * Bounds what a WebSocket peer can make the recorder keep in memory: Micronaut would collect
 * fragments of a message, and unpack compressed ones, without end.
 */
@Singleton
final class WebSocketPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private static final String BOUND = "websocket-bound";

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
            }
        }
    }
}
