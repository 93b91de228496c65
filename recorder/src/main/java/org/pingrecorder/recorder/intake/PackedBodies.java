package org.pingrecorder.recorder.intake;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Puts a {@link PackedBody} before what collects bodies, on every connection. */
@Singleton
final class PackedBodies implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final BodyRoom room;

    PackedBodies(BodyRoom room) {
        this.room = room;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(
            BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer(room, null));
        return event.getBean();
    }

    private record Customizer(BodyRoom room, @Nullable Channel channel)
            implements NettyServerCustomizer {

        @Override
        public NettyServerCustomizer specializeForChannel(Channel accepted, ChannelRole role) {
            return new Customizer(room, accepted);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel != null) {
                channel.pipeline()
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                                "packed-bodies",
                                new PackedBody(room));
            }
        }
    }
}
