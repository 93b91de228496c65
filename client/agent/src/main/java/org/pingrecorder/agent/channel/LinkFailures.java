package org.pingrecorder.agent.channel;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** From what Netty throws to what it means for a control channel. */
final class LinkFailures {

    /** What stands before a recorder answers so while that is away. */
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    private LinkFailures() {}

    /** There is nobody to talk to. */
    static LinkException connecting(@Nullable Throwable cause) {
        return LinkException.away(words(cause), cause);
    }

    /** There is somebody, but no handshake. */
    static LinkException opening(@Nullable Throwable cause) {
        if (cause instanceof LinkException known) {
            // Cut before it was open, and be it by the recorder's end: HTTP may fare better.
            return LinkException.blocked(String.valueOf(known.getMessage()), known);
        }
        if (cause instanceof WebSocketClientHandshakeException e) {
            HttpResponse response = e.response();
            if (response != null) {
                int status = response.status().code();
                String said = "its answer to the handshake is " + status;
                return AWAY.contains(status)
                        ? LinkException.away(said, e)
                        : LinkException.blocked(said, e);
            }
        }
        return LinkException.blocked(words(cause), cause);
    }

    /** What happened, for people. */
    static String words(@Nullable Throwable cause) {
        Throwable at =
                cause instanceof DecoderException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        return switch (at) {
            case null -> "it was cut";
            case UnknownHostException _ -> "its host name does not resolve";
            case ConnectException e -> String.valueOf(e.getMessage());
            case SSLException e -> "TLS: " + e.getMessage();
            default -> String.valueOf(at.getMessage());
        };
    }
}
