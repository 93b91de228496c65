package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.config.RecorderConfig;
import org.pingrecorder.recorder.http.ClientPath;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.wire.NewPing;

/** {@code /record-ping}: one ping at a time. */
@Tag(name = "pings", description = "Pings in, and out again.")
@Controller("/record-ping")
final class RecordPingController {

    private static final Recorded SUCCESS = new Recorded("success");

    private final Intake intake;
    private final KnownClients clients;
    private final InstantSource clock;
    private final RecorderConfig config;

    RecordPingController(
            Intake intake, KnownClients clients, InstantSource clock, RecorderConfig config) {
        this.intake = intake;
        this.clients = clients;
        this.clock = clock;
        this.config = config;
    }

    /**
     * The answer to a ping that is durable.
     *
     * @param status always {@code success}
     */
    @Serdeable
    record Recorded(String status) {}

    @Operation(
            summary = "Record one ping",
            description =
                    "Answers when the ping is durable. Not idempotent: sent twice, it is stored"
                            + " twice. latency_ms null is a failure and is stored; an unknown ip is"
                            + " registered.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewPing.class)))
    @Post("/{clientId}")
    CompletionStage<Recorded> record(
            HttpRequest<?> request, @PathVariable String clientId, @Body byte @Nullable [] body) {
        KnownIps ips = clients.of(ClientPath.check(clientId));
        Batch ping =
                NewPingBody.read(
                        ips,
                        JsonBody.object(body, "{\"ip\":\"192.0.2.7\",\"latency_ms\":20.113}"),
                        clock.instant(),
                        config.keepPings());
        String sender = request.getRemoteAddress().getAddress().getHostAddress();
        return intake.take(new Delivery(ips, sender, List.of(ping))).thenApply(done -> SUCCESS);
    }
}
