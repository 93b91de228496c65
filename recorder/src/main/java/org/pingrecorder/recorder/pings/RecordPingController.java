package org.pingrecorder.recorder.pings;

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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.NewPing;

/** {@code /record-ping}: one ping at a time. */
@Tag(name = "pings", description = "Pings in, and out again.")
@Controller("/record-ping")
final class RecordPingController {

    private static final Recorded SUCCESS = new Recorded("success");

    private final PingIntake intake;
    private final InstantSource clock;

    RecordPingController(PingIntake intake, InstantSource clock) {
        this.intake = intake;
        this.clock = clock;
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
        Ping ping =
                NewPingBody.read(
                        checked(clientId),
                        JsonBody.object(body),
                        clock.instant(),
                        request.getRemoteAddress().getAddress().getHostAddress());
        return intake.take(ping).thenApply(done -> SUCCESS);
    }

    private static String checked(String clientId) {
        try {
            return ClientName.check(clientId);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("clientId", "'clientId': " + e.getMessage() + ".");
        }
    }
}
