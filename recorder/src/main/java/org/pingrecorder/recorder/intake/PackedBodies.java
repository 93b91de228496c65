package org.pingrecorder.recorder.intake;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the gzip of deliveries to {@link BatchBody}: the server would unpack it on the threads
 * that all connections share, and hold all of it in memory.
 */
@Singleton
final class PackedBodies implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    @Override
    public NettyServerCustomizer.Registry onCreated(
            BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer(null));
        return event.getBean();
    }

    private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {

        @Override
        public NettyServerCustomizer specializeForChannel(Channel accepted, ChannelRole role) {
            return new Customizer(accepted);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel != null) {
                channel.pipeline()
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                                "packed-bodies",
                                KeepPacked.INSTANCE);
            }
        }
    }

    @ChannelHandler.Sharable
    private static final class KeepPacked extends ChannelInboundHandlerAdapter {

        static final KeepPacked INSTANCE = new KeepPacked();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request
                    && request.uri().startsWith(RecordPingsController.PATH + '/')
                    && "gzip"
                            .equalsIgnoreCase(
                                    request.headers().get(HttpHeaderNames.CONTENT_ENCODING))) {
                request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
            }
            context.fireChannelRead(message);
        }
    }
}
