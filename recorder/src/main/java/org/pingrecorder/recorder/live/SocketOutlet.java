package org.pingrecorder.recorder.live;

import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** A listener's events as WebSocket messages: further ones are sent when the last ones are. */
final class SocketOutlet implements Outlet {

    private static final int MOST_BYTES = 64 << 10;

    private final WebSocketSession session;
    private final Listener listener;
    private final LongSupplier nanos;
    private final AtomicBoolean sending = new AtomicBoolean();

    SocketOutlet(WebSocketSession session, Listener listener, LongSupplier nanos) {
        this.session = session;
        this.listener = listener;
        this.nanos = nanos;
    }

    @Override
    public void wake() {
        while (listener.hasSome() && sending.compareAndSet(false, true)) {
            CompletableFuture<?> sent;
            try {
                sent = send(listener.take(MOST_BYTES, nanos.getAsLong()));
            } catch (WebSocketSessionException e) {
                return; // it has ended, and its listener is closed by whoever learns of that
            }
            if (!sent.isDone()) {
                var _ =
                        sent.whenComplete(
                                (done, fault) -> {
                                    sending.set(false);
                                    wake();
                                });
                return;
            }
            sending.set(false);
        }
    }

    private CompletableFuture<?> send(List<Event> events) {
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (Event event : events) {
            last =
                    session.sendAsync(
                            new TextWebSocketFrame(Unpooled.wrappedBuffer(event.message())));
        }
        return last;
    }

    @Override
    public void end() {
        session.close(CloseReason.GOING_AWAY);
    }
}
