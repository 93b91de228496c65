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
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Problem;

/**
 * Watches bodies while one connection's are collected. The gzip of deliveries is left to {@link
 * BatchBody}: the server would unpack it on the threads that all connections share, and hold all of
 * it in memory. A body takes {@link BodyRoom} for all that its request announces, or else piece by
 * piece. One that finds none is read to its end and thrown away, so that its sender reads the
 * answer; then the connection ends, because the server waits for that body. So it does where a body
 * does not come to its end. Only its connection's thread uses it.
 */
final class PackedBody extends ChannelDuplexHandler {

    private static final Duration READ_BY_THEN = Duration.ofSeconds(30);

    private final BodyRoom room;

    /** Of the requests that are not answered yet, in their order: the bytes that each has taken. */
    private final ArrayDeque<Held> unanswered = new ArrayDeque<>();

    // Of the request that arrives.
    private Held held = new Held();
    private boolean announced;
    private boolean thrownAway;
    private @Nullable Future<?> deadline;

    private static final class Held {
        private long bytes;
        private boolean arrived;
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
        if (!announced && message instanceof HttpContent content) {
            hold(content.content().readableBytes());
        }
        boolean isLast = message instanceof LastHttpContent;
        if (isLast) {
            held.arrived = true;
            cancelDeadline();
        }
        if (!thrownAway) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (isLast) {
            turnBack(context, HttpResponseStatus.TOO_MANY_REQUESTS, room.full());
        }
    }

    private void begin(HttpRequest request) {
        held = new Held();
        unanswered.add(held);
        announced = false;
        if (request.decoderResult().isFailure()) {
            return; // the server says so
        }
        if (request.uri().startsWith(RecordPingsController.PATH + '/')
                && "gzip"
                        .equalsIgnoreCase(
                                request.headers().get(HttpHeaderNames.CONTENT_ENCODING))) {
            request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
        }
        if (!HttpUtil.isTransferEncodingChunked(request)) {
            announced = true;
            long bytes = HttpUtil.getContentLength(request, 0L);
            hold(bytes > BodyRoom.LONGEST_BODY_MEGABYTES << 20 ? 0 : bytes);
        }
    }

    private void hold(long bytes) {
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
    private void turnBack(
            ChannelHandlerContext context, HttpResponseStatus status, byte[] problem) {
        if (unanswered.size() > 1) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            return;
        }
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(problem));
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
        if (!held.arrived && deadline == null && !unanswered.isEmpty()) {
            deadline =
                    context.executor()
                            .schedule(
                                    () -> endSlow(context),
                                    BodyRoom.LONGEST_WAY.toNanos(),
                                    TimeUnit.NANOSECONDS);
        }
        if (thrownAway) {
            context.read(); // the server asks for no more of what it does not get
        }
    }

    private void endSlow(ChannelHandlerContext context) {
        if (held.answered) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else {
            turnBack(context, HttpResponseStatus.REQUEST_TIMEOUT, room.slow());
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
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
        cancelDeadline();
        for (Held one : unanswered) {
            if (one.arrived) {
                // Whoever hangs up now leaves a body that still waits to be read.
                var _ =
                        context.executor()
                                .schedule(
                                        () -> room.giveBack(one.bytes),
                                        READ_BY_THEN.toNanos(),
                                        TimeUnit.NANOSECONDS);
            } else {
                room.giveBack(one.bytes);
            }
        }
        unanswered.clear();
    }
}
