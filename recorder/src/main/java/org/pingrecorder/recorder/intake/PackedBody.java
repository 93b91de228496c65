package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpStatus;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Fault;

/**
 * Watches the bodies of deliveries while one connection's are collected. Their gzip is left to
 * {@link BatchBody}: the server would unpack it on the threads that all connections share, and hold
 * all of it in memory. A body for which there is no {@link BodyRoom} is read to its end and thrown
 * away, so that its sender gets an answer; {@link #checkWhole} gives it. Only its connection's
 * thread uses it.
 */
final class PackedBody extends ChannelDuplexHandler {

    /** Set for a body that was thrown away; who sends it has only itself refused. */
    private static final String THROWN_AWAY = "ping-recorder-thrown-away";

    private final BodyRoom room;

    /** Of the requests that are not answered yet, in their order: the bytes that each has taken. */
    private final ArrayDeque<Held> unanswered = new ArrayDeque<>();

    // Of the request that arrives.
    private @Nullable HttpRequest delivery;
    private Held held = new Held();
    private boolean thrownAway;

    private static final class Held {
        private long bytes;
        private boolean answered;
    }

    PackedBody(BodyRoom room) {
        this.room = room;
    }

    /**
     * Lets a request turn back whose body is not all here.
     *
     * @throws Fault 503
     */
    static void checkWhole(io.micronaut.http.HttpRequest<?> request) {
        if (request.getHeaders().contains(THROWN_AWAY)) {
            throw Fault.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    BodyRoom.MEGABYTES
                            + " MB of other deliveries are on their way; send the same again"
                            + " later.");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            held = new Held();
            unanswered.add(held);
            boolean isDelivery = request.uri().startsWith(RecordPingsController.PATH + '/');
            delivery = isDelivery ? request : null;
            thrownAway = false;
            if (isDelivery
                    && "gzip"
                            .equalsIgnoreCase(
                                    request.headers().get(HttpHeaderNames.CONTENT_ENCODING))) {
                request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
            }
        }
        if (delivery != null && message instanceof HttpContent content) {
            hold(delivery, content);
        }
        if (!thrownAway || message instanceof HttpRequest) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            context.read(); // whoever collects it waits for none of this
        }
    }

    private void hold(HttpRequest request, HttpContent content) {
        int bytes = content.content().readableBytes();
        if (!thrownAway && !held.answered && bytes > 0) {
            if (room.take(bytes)) {
                held.bytes += bytes;
            } else {
                thrownAway = true;
                request.headers().set(THROWN_AWAY, "true");
            }
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
        unanswered.forEach(held -> room.giveBack(held.bytes));
        unanswered.clear();
    }
}
