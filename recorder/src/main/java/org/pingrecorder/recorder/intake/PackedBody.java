package org.pingrecorder.recorder.intake;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.pingrecorder.wire.Problem;

/**
 * Watches the bodies of deliveries while one connection's are collected. Their gzip is left to
 * {@link BatchBody}: the server would unpack it on the threads that all connections share, and hold
 * all of it in memory. A body for which there is no {@link BodyRoom} is read to its end and thrown
 * away, so that its sender reads the answer; then the connection ends, because the server waits for
 * that body. Only its connection's thread uses it.
 */
final class PackedBody extends ChannelDuplexHandler {

    private final BodyRoom room;

    /** Of the requests that are not answered yet, in their order: the bytes that each has taken. */
    private final ArrayDeque<Held> unanswered = new ArrayDeque<>();

    // Of the request that arrives.
    private boolean isDelivery;
    private Held held = new Held();
    private boolean thrownAway;

    private static final class Held {
        private long bytes;
        private boolean answered;
    }

    PackedBody(BodyRoom room) {
        this.room = room;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            begin(request);
        }
        if (isDelivery && message instanceof HttpContent content) {
            hold(content.content().readableBytes());
        }
        if (!thrownAway) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            turnBack(context);
        }
    }

    private void begin(HttpRequest request) {
        held = new Held();
        unanswered.add(held);
        isDelivery = request.uri().startsWith(RecordPingsController.PATH + '/');
        if (isDelivery
                && "gzip"
                        .equalsIgnoreCase(
                                request.headers().get(HttpHeaderNames.CONTENT_ENCODING))) {
            request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
        }
    }

    private void hold(int bytes) {
        if (thrownAway || held.answered || bytes == 0) {
            return;
        }
        if (room.take(bytes)) {
            held.bytes += bytes;
        } else {
            thrownAway = true;
        }
    }

    /** Those before it on the connection are not answered then: they are sent again, as it is. */
    private void turnBack(ChannelHandlerContext context) {
        if (unanswered.size() > 1) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            return;
        }
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        Unpooled.wrappedBuffer(room.problem()));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.RETRY_AFTER, BodyRoom.RETRY_AFTER_SECONDS)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (thrownAway) {
            context.read(); // the server asks for no more of what it does not get
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
            throws Exception {
        boolean isInterim =
                message instanceof HttpResponse response
                        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof LastHttpContent && !isInterim && !unanswered.isEmpty()) {
            Held done = unanswered.remove();
            done.answered = true;
            room.giveBack(done.bytes);
        }
        super.write(context, message, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        // When the connection ends, too.
        unanswered.forEach(one -> room.giveBack(one.bytes));
        unanswered.clear();
    }
}
