package org.pingrecorder.recorder.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketPongMessage;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.handler.codec.TooLongFrameException;
import java.util.function.Consumer;
import org.pingrecorder.recorder.http.WebSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /ws}: called on Netty's event loops, so it only hands on. */
@ServerWebSocket("/ws")
final class ControlSocket {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private static final String CONN = "conn";

    private final Dialogue dialogue;

    ControlSocket(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    @OnOpen
    void open(WebSocketSession session, HttpRequest<?> request) {
        String address = request.getRemoteAddress().getAddress().getHostAddress();
        Conn conn = new Conn(session, address, System.nanoTime());
        session.put(CONN, conn);
        dialogue.opened(conn);
    }

    @OnMessage(maxPayloadLength = WebSockets.LONGEST_MESSAGE_BYTES)
    void message(String text, WebSocketSession session) {
        with(session, conn -> dialogue.received(conn, text));
    }

    @OnMessage
    void pong(WebSocketPongMessage pong, WebSocketSession session) {
        with(session, conn -> conn.heard(System.nanoTime()));
    }

    @OnClose
    void close(WebSocketSession session) {
        with(session, dialogue::closed);
    }

    @OnError
    void error(WebSocketSession session, Throwable cause) {
        LOG.debug("A peer's connection failed.", cause);
        session.close(
                cause instanceof TooLongFrameException
                        ? CloseReason.MESSAGE_TO_BIG
                        : CloseReason.PROTOCOL_ERROR);
        close(session);
    }

    private static void with(WebSocketSession session, Consumer<Conn> action) {
        session.get(CONN, Conn.class).ifPresent(action);
    }
}
