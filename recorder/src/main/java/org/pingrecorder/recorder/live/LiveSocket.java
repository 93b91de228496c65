package org.pingrecorder.recorder.live;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /live/ws}: the events of {@code /live} as WebSocket messages. */
@ServerWebSocket(LiveSocket.PATH)
final class LiveSocket {

    static final String PATH = "/live/ws";

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    private static final String LISTENER = "listener";
    private static final int LONGEST_MESSAGE = 1_024;

    private final Live live;

    LiveSocket(Live live) {
        this.live = live;
    }

    /** Refuses with a status and a reason, which a WebSocket that is open could not. */
    @ServerFilter(PATH)
    static final class Caller {

        private final Live live;

        Caller(Live live) {
            this.live = live;
        }

        @RequestFilter
        void check(HttpRequest<?> request) {
            LiveFilter.of(Query.of(request, LiveFilter.PARAMETERS));
            live.checkPlace();
        }
    }

    @OnOpen
    void open(WebSocketSession session, HttpRequest<?> request) {
        Listener listener;
        try {
            listener = live.open(LiveFilter.of(Query.of(request, LiveFilter.PARAMETERS)));
        } catch (Fault e) { // the last place was taken meanwhile
            session.close(new CloseReason(CloseReason.TRY_AGAIN_LATER.getCode(), e.detail()));
            return;
        }
        session.put(LISTENER, listener);
        listener.setOutlet(new SocketOutlet(session, listener, System::nanoTime));
        live.begin(listener)
                .exceptionally(
                        fault -> {
                            session.close(CloseReason.TRY_AGAIN_LATER);
                            return null;
                        });
        if (!session.isOpen()) {
            close(session);
        }
    }

    /** There is nothing to say here. */
    @OnMessage(maxPayloadLength = LONGEST_MESSAGE)
    void ignore(String message) {}

    @OnClose
    void close(WebSocketSession session) {
        session.get(LISTENER, Listener.class).ifPresent(live::close);
    }

    @OnError
    void fail(WebSocketSession session, Throwable fault) {
        LOG.debug("A listener's connection failed.", fault);
        close(session);
        session.close(CloseReason.PROTOCOL_ERROR);
    }
}
