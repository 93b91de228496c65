package org.pingrecorder.agent.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.recorder.ProxyChoice;

/** Makes connections to one recorder, on an event loop of one thread. For one thread. */
final class Dialer implements AutoCloseable {

    /** A plan of 100,000 targets is half of it. */
    private static final int MOST_MESSAGE_BYTES = 16 << 20;

    private static final int MOST_ANSWER_BYTES = 64 << 10;

    /** What may wait to be sent: of a memory of 48 MB, and some seconds of a slow way. */
    static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private final URI recorder;
    private final Optional<ProxyChoice> proxy;
    private final ChannelTimes times;
    private final boolean secure;
    private final int port;
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("control", true), NioIoHandler.newFactory());
    private @Nullable SslContext ssl;

    /**
     * Connects nowhere yet.
     *
     * @param recorder its HTTP address
     */
    Dialer(URI recorder, Optional<ProxyChoice> proxy, ChannelTimes times) {
        this.recorder = recorder;
        this.proxy = proxy;
        this.times = times;
        this.secure = recorder.getScheme().equalsIgnoreCase("https");
        this.port = recorder.getPort() >= 0 ? recorder.getPort() : secure ? 443 : 80;
    }

    /**
     * Connects; blocks for three times {@link ChannelTimes#patience} at most.
     *
     * @throws LinkException if there is no connection
     */
    Link dial() throws LinkException, InterruptedException {
        LinkHandler handler = new LinkHandler();
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) times.patience().toMillis())
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
                        .handler(initializer(sslContext(), handler));
        if (proxy.isPresent()) {
            // The proxy looks it up.
            bootstrap.resolver(NoopAddressResolverGroup.INSTANCE);
        }
        ChannelFuture connected =
                bootstrap.connect(InetSocketAddress.createUnresolved(host(), port)).await();
        Link link = new Link(connected.channel(), handler);
        try {
            if (!connected.isSuccess()) {
                throw LinkFailures.connecting(connected.cause());
            }
            handler.awaitOpen(times.patience().multipliedBy(2));
            return link;
        } catch (LinkException | InterruptedException e) {
            link.close();
            throw e;
        }
    }

    private String host() {
        String host = recorder.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Made once: it reads every certificate authority of the world. */
    private @Nullable SslContext sslContext() throws LinkException {
        if (secure && ssl == null) {
            try {
                ssl = SslContextBuilder.forClient().build();
            } catch (SSLException e) {
                throw LinkException.away("TLS does not work here: " + e.getMessage(), e);
            }
        }
        return ssl;
    }

    private ChannelInitializer<SocketChannel> initializer(
            @Nullable SslContext context, LinkHandler handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                proxy.ifPresent(p -> pipeline.addLast(throughProxy(p)));
                if (context != null) {
                    pipeline.addLast(context.newHandler(channel.alloc(), host(), port));
                }
                fill(pipeline, handler);
            }
        };
    }

    private HttpProxyHandler throughProxy(ProxyChoice choice) {
        InetSocketAddress at = new InetSocketAddress(choice.host(), choice.port());
        HttpProxyHandler handler =
                choice.user().isEmpty()
                        ? new HttpProxyHandler(at)
                        : new HttpProxyHandler(at, choice.user(), choice.password());
        handler.setConnectTimeoutMillis(times.patience().toMillis());
        return handler;
    }

    private void fill(ChannelPipeline pipeline, LinkHandler handler) {
        WebSocketClientProtocolConfig config =
                WebSocketClientProtocolConfig.newBuilder()
                        .webSocketUri(socketUri())
                        .customHeaders(
                                new DefaultHttpHeaders()
                                        .set(HttpHeaderNames.USER_AGENT, "ping-recorder-client"))
                        .generateOriginHeader(false)
                        .handleCloseFrames(false)
                        .maxFramePayloadLength(MOST_MESSAGE_BYTES)
                        .handshakeTimeoutMillis(times.patience().toMillis())
                        .build();
        long keepAliveMillis = times.keepAlive().toMillis();
        pipeline.addLast(
                // First, so that whatever arrives is a sign of life.
                new IdleStateHandler(keepAliveMillis, 0, 0, TimeUnit.MILLISECONDS),
                new HttpClientCodec(),
                new HttpObjectAggregator(MOST_ANSWER_BYTES),
                new WebSocketClientProtocolHandler(config),
                new WebSocketFrameAggregator(MOST_MESSAGE_BYTES),
                handler);
    }

    private URI socketUri() {
        return URI.create("ws" + recorder.toString().substring("http".length()) + "/ws");
    }

    @Override
    public void close() {
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }
}
