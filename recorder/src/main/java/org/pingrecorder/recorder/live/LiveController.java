package org.pingrecorder.recorder.live;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Query;
import org.reactivestreams.Publisher;

/** {@code /live}: events as they happen. */
@Tag(name = "live", description = "Pings, states and clients as they change.")
@Controller("/live")
final class LiveController {

    /** After how long a browser comes back. */
    private static final String RETRY = "retry: 2000\n\n";

    private static final String EXAMPLE =
            """
            retry: 2000

            event: ping
            id: 1795240800750000
            data: [{"client":"client1","ip":"192.0.2.7","name":"gw","ip_id":12,\
            "at":"2026-11-21T06:00:00.250Z","outcome":"reply","latency_ms":20.113,"ttl":57}]

            event: state
            id: 1795240800750001
            data: {"client":"client1","ip":"192.0.2.8","name":null,"ip_id":13,"state":"down",\
            "since":"2026-11-21T05:59:55.5Z","cause":"timeout"}

            """;

    private final Live live;

    LiveController(Live live) {
        this.live = live;
    }

    @Operation(
            summary = "Pings, states and clients as they change",
            description =
                    "Server-Sent Events, for as long as the caller stays: ping (an array of pings"
                        + " that were stored together, as GET /pings has them, with ip_id), state"
                        + " (an ip is up, late, down, unknown or paused since), client (its state"
                        + " or plan revision is another one), dropped (what a slow caller lost, or"
                        + " what came while it was away), and heartbeat every 10 s. Everything"
                        + " stored after the answer began is told once. GET /live/ws, a WebSocket,"
                        + " sends the same as messages with event, id and data.",
            parameters = {
                @Parameter(
                        name = "ip",
                        in = ParameterIn.QUERY,
                        description = "Only of this address; may be given several times."),
                @Parameter(
                        name = "client",
                        in = ParameterIn.QUERY,
                        description = "Only of this client; may be given several times."),
                @Parameter(
                        name = "tag",
                        in = ParameterIn.QUERY,
                        description =
                                "Only of ips that have this tag, or whose client has it; may be"
                                        + " given several times."),
                @Parameter(
                        name = "Last-Event-ID",
                        in = ParameterIn.HEADER,
                        description =
                                "The last event that the caller got. What came since is not sent"
                                        + " again; the first event is dropped and says since when.")
            })
    @ApiResponse(
            responseCode = "200",
            description = "The events.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM,
                            schema = @Schema(type = "string", example = EXAMPLE)))
    @Get(produces = MediaType.TEXT_EVENT_STREAM)
    CompletionStage<HttpResponse<Publisher<byte[]>>> live(HttpRequest<?> request) {
        LiveFilter filter = LiveFilter.of(Query.of(request, LiveFilter.PARAMETERS));
        if (request.getMethod() == HttpMethod.HEAD) {
            live.checkPlace();
            return CompletableFuture.completedFuture(
                    HttpResponse.<Publisher<byte[]>>ok()
                            .contentType(MediaType.TEXT_EVENT_STREAM_TYPE));
        }
        Listener listener = live.open(filter);
        SseStream stream =
                new SseStream(
                        listener,
                        first(request.getHeaders().get("Last-Event-ID")),
                        System::nanoTime,
                        () -> live.close(listener));
        listener.setOutlet(stream);
        return live.begin(listener).thenApply(begun -> answer(stream));
    }

    private static HttpResponse<Publisher<byte[]>> answer(Publisher<byte[]> stream) {
        return HttpResponse.ok(stream)
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header("Cache-Control", "no-store")
                // Said so that nobody on the way packs it: that would hold events back.
                .header("Content-Encoding", "identity")
                .header("X-Accel-Buffering", "no");
    }

    private static byte[] first(@Nullable String lastId) {
        byte[] retry = RETRY.getBytes(StandardCharsets.UTF_8);
        if (lastId == null || lastId.isEmpty()) {
            return retry;
        }
        Long since = lastId.matches("[0-9]{1,16}") ? Long.valueOf(lastId) : null;
        byte[] dropped =
                EventJson.dropped(
                        since, "What came meanwhile is not sent again; GET /pings has it.")
                        .stream();
        byte[] both = new byte[retry.length + dropped.length];
        System.arraycopy(retry, 0, both, 0, retry.length);
        System.arraycopy(dropped, 0, both, retry.length, dropped.length);
        return both;
    }
}
