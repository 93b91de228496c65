package org.pingrecorder.agent.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.recorder.ProxyChoice;

/**
 * One WebSocket connection to a recorder: text messages, and a keep-alive that finds a dead peer.
 * Thread-safe.
 */
final class Link implements AutoCloseable {

    /** A plan of 100,000 targets is half of it. */
    private static final int MOST_MESSAGE_BYTES = 16 << 20;

    private static final int MOST_ANSWER_BYTES = 64 << 10;

    private final Channel channel;
    private final LinkHandler handler;

    private Link(Channel channel, LinkHandler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Connects; blocks for three times {@link ChannelTimes#patience} at most.
     *
     * @param recorder its HTTP address
     * @throws LinkException if there is no connection
     */
    static Link open(
            EventLoopGroup group, URI recorder, Optional<ProxyChoice> proxy, ChannelTimes times)
            throws LinkException, InterruptedException {
        boolean secure = recorder.getScheme().equalsIgnoreCase("https");
        int port = recorder.getPort() >= 0 ? recorder.getPort() : secure ? 443 : 80;
        SslContext ssl = secure ? sslContext() : null;
        LinkHandler handler = new LinkHandler();
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(group)
                        .channel(NioSocketChannel.class)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) times.patience().toMillis())
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        ChannelPipeline pipeline = channel.pipeline();
                                        proxy.ifPresent(p -> pipeline.addLast(handler(p, times)));
                                        if (ssl != null) {
                                            pipeline.addLast(
                                                    ssl.newHandler(
                                                            channel.alloc(),
                                                            recorder.getHost(),
                                                            port));
                                        }
                                        fill(pipeline, recorder, times, handler);
                                    }
                                });
        if (proxy.isPresent()) {
            // The proxy looks it up.
            bootstrap.resolver(NoopAddressResolverGroup.INSTANCE);
        }
        String host = withoutBrackets(recorder.getHost());
        ChannelFuture connected =
                bootstrap.connect(InetSocketAddress.createUnresolved(host, port)).await();
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

    private static SslContext sslContext() throws LinkException {
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException e) {
            throw LinkException.away("TLS does not work here: " + e.getMessage(), e);
        }
    }

    private static HttpProxyHandler handler(ProxyChoice proxy, ChannelTimes times) {
        InetSocketAddress at = new InetSocketAddress(proxy.host(), proxy.port());
        HttpProxyHandler handler =
                proxy.user().isEmpty()
                        ? new HttpProxyHandler(at)
                        : new HttpProxyHandler(at, proxy.user(), proxy.password());
        handler.setConnectTimeoutMillis(times.patience().toMillis());
        return handler;
    }

    private static void fill(
            ChannelPipeline pipeline, URI recorder, ChannelTimes times, LinkHandler handler) {
        WebSocketClientProtocolConfig config =
                WebSocketClientProtocolConfig.newBuilder()
                        .webSocketUri(socketUri(recorder))
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

    private static URI socketUri(URI recorder) {
        String http = recorder.toString();
        return URI.create("ws" + http.substring("http".length()) + "/ws");
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Sends a message; if the connection has gone meanwhile, {@link #receive} will say so. */
    void send(String message) {
        var _ = channel.writeAndFlush(new TextWebSocketFrame(message), channel.voidPromise());
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

    /** Whether the connection is gone. */
    boolean isGone() {
        return !channel.isActive();
    }

    @Override
    public void close() {
        var _ = channel.close();
    }
}
