package org.pingrecorder.agent.channel;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.FromRecorder;

/** The control channel's other end on a port of its own, which answers as it is told to. */
final class FakeControl implements AutoCloseable {

    /** An HTTP request that came. */
    record Request(String method, String path, HttpHeaders headers, String body) {}

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;
    private final ObjectMapper mapper = ObjectMapper.getDefault();
    private final Queue<FromClient> received = new ConcurrentLinkedQueue<>();
    private final List<Channel> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile Function<FromClient, List<? extends FromRecorder>> answer = _ -> List.of();
    private volatile int handshakeStatus = 101;
    private volatile Function<Request, FullHttpResponse> http = _ -> status(404);
    private volatile boolean dead;

    FakeControl() throws InterruptedException {
        this(0);
    }

    FakeControl(int port) throws InterruptedException {
        this(port, null);
    }

    /** One that speaks TLS, if given how. */
    FakeControl(int port, @Nullable SslContext tls) throws InterruptedException {
        server =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        if (tls != null) {
                                            channel.pipeline()
                                                    .addLast(tls.newHandler(channel.alloc()));
                                        }
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpServerCodec(),
                                                        new HttpObjectAggregator(1 << 20),
                                                        new Upgrade());
                                    }
                                })
                        .bind("127.0.0.1", port)
                        .sync()
                        .channel();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** What is said to each message. */
    void answering(Function<FromClient, List<? extends FromRecorder>> to) {
        answer = to;
    }

    /** The status of the answer to a handshake; 101 lets it through. */
    void handshake(int status) {
        handshakeStatus = status;
    }

    /** What is answered to anything but a handshake. */
    void http(Function<Request, FullHttpResponse> to) {
        http = to;
    }

    /** Whether neither messages nor pings are answered any more, as by a machine without power. */
    void dead(boolean isDead) {
        dead = isDead;
    }

    /** Whether what arrives on the newest connection is read. */
    void reads(boolean does) {
        sockets.getLast().config().setAutoRead(does);
    }

    /** Every message of any connection, in order. */
    List<FromClient> received() {
        return List.copyOf(received);
    }

    <T extends FromClient> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    int handshakes() {
        return handshakes.get();
    }

    int pings() {
        return pings.get();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Says something on the newest connection. */
    void send(FromRecorder message) {
        var _ = sockets.getLast().writeAndFlush(frame(message));
    }

    void sendText(String text) {
        var _ = sockets.getLast().writeAndFlush(new TextWebSocketFrame(text));
    }

    /** Cuts every connection without a word. */
    void cut() {
        for (Channel socket : sockets) {
            var _ = socket.close();
        }
    }

    /** Ends the newest connection as the protocol has it. */
    void end(String reason) {
        var _ = sockets.getLast().writeAndFlush(new CloseWebSocketFrame(1008, reason));
    }

    private TextWebSocketFrame frame(FromRecorder message) {
        try {
            return new TextWebSocketFrame(
                    mapper.writeValueAsString(Argument.of(FromRecorder.class), message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FullHttpResponse status(int status) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
    }

    static FullHttpResponse json(String body, @Nullable String etag) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        if (etag != null) {
            response.headers().set(HttpHeaderNames.ETAG, etag);
        }
        return response;
    }

    @Override
    public void close() {
        cut();
        server.close().syncUninterruptibly();
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    private final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            String path = request.uri();
            if (path.equals("/ws")) {
                handshakes.incrementAndGet();
            }
            if (path.equals("/ws") && handshakeStatus == 101) {
                WebSocketServerHandshaker handshaker =
                        new WebSocketServerHandshakerFactory("ws://x/ws", null, false, 1 << 20)
                                .newHandshaker(request);
                ctx.pipeline().replace(this, "talk", new Talk());
                var _ = handshaker.handshake(ctx.channel(), request);
                sockets.add(ctx.channel());
                return;
            }
            FullHttpResponse response;
            if (path.equals("/ws")) {
                response = status(handshakeStatus);
            } else {
                Request seen =
                        new Request(
                                request.method().name(),
                                path,
                                request.headers().copy(),
                                request.content().toString(StandardCharsets.UTF_8));
                requests.add(seen);
                response = http.apply(seen);
            }
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            HttpUtil.setContentLength(response, response.content().readableBytes());
            var _ = ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class Talk extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame)
                throws IOException {
            if (frame instanceof PingWebSocketFrame) {
                pings.incrementAndGet();
                if (!dead) {
                    var _ = ctx.writeAndFlush(new PongWebSocketFrame());
                }
            } else if (frame instanceof TextWebSocketFrame text) {
                FromClient message =
                        Objects.requireNonNull(mapper.readValue(text.text(), FromClient.class));
                received.add(message);
                if (!dead) {
                    for (FromRecorder said : answer.apply(message)) {
                        var _ = ctx.writeAndFlush(frame(said));
                    }
                }
            } else if (frame instanceof CloseWebSocketFrame) {
                var _ = ctx.close();
            }
        }
    }
}
