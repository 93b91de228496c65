package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/** Says to who calls a WebSocket's path by mere HTTP what it is for. */
@ServerFilter({"/ws", "/live/ws"})
final class UpgradeFilter {

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        if ("websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE))) {
            return null;
        }
        return Problems.response(
                HttpStatus.UPGRADE_REQUIRED,
                null,
                "This path is for WebSockets; connect to it as ws://.");
    }
}
