package org.pingrecorder.recorder.tasks;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.JsonBody;
import org.reactivestreams.Publisher;

/** {@code /ping-task}: one-off pings. */
@Tag(name = "tasks", description = "One-off pings.")
@Controller("/ping-task")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TasksController {

    private static final String NDJSON = "application/x-ndjson";

    private static final String BODY =
            """
            {"targets":["192.0.2.7","www.example.com"],"from":["client1"],"interval":1000,\
            "count":3,"timeout":10000}\
            """;

    private static final String LINES =
            """
            {"type":"begin","task":"0d9f3c6e","clients":2}
            {"type":"ping","client":"client1","target":"192.0.2.7","address":"192.0.2.7","seq":0,\
            "at":"2026-11-21T06:00:00.250Z","outcome":"reply","latency_ms":20.113,"ttl":57,\
            "bytes":64,"duplicate":false}
            {"type":"summary","client":"client1","target":"192.0.2.7","address":"192.0.2.7",\
            "sent":1,"received":1,"late":0,"lost":0,"not_sent":0,"duplicates":0,"loss_pct":0.0,\
            "min_ms":20.113,"avg_ms":20.113,"max_ms":20.113,"stddev_ms":0.0}
            {"type":"problem","client":"client2","reason":"unknown",\
            "problem":"No client of that name is known; GET /clients lists them."}
            {"type":"end","task":"0d9f3c6e","clients":2,"problems":1,"sent":1,"received":1,\
            "lost":0,"not_sent":0,"duplicates":0,"loss_pct":0.0,"duration_ms":82}
            """;

    private final Tasks tasks;

    TasksController(Tasks tasks) {
        this.tasks = tasks;
    }

    @Operation(
            summary = "Ping now, from clients or from the recorder itself",
            description =
                    "targets (a string or an array of up to 1,000) are pinged count times (3), one"
                        + " every interval ms (1000), each waited for timeout ms (10000), from the"
                        + " clients that from names (a string or an array of up to 1,000), or from"
                        + " the recorder itself where it names none. The answer is written as"
                        + " results come: a begin line, a ping line for each, a summary line for"
                        + " each client and target, a problem line for each client that does not do"
                        + " it or not all of it, a heartbeat line where nothing else came for 10 s,"
                        + " and an end line. It is called off when the caller hangs up. Nothing of"
                        + " it goes into the history.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object", example = BODY)))
    @ApiResponse(
            responseCode = "200",
            description = "The lines.",
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema = @Schema(type = "string", example = LINES)))
    @ApiResponse(responseCode = "422", description = "It would be too large, or take too long.")
    @ApiResponse(responseCode = "429", description = "Too many tasks are under way.")
    @Post(produces = NDJSON)
    HttpResponse<Publisher<byte[]>> ping(@Body byte @Nullable [] body) {
        return HttpResponse.ok(
                        tasks.start(
                                TaskRequest.read(
                                        JsonBody.object(body, "{\"targets\":[\"192.0.2.7\"]}"))))
                .header("Cache-Control", "no-store")
                // Said so that nobody on the way packs it: that would hold lines back.
                .header("Content-Encoding", "identity")
                .header("X-Accel-Buffering", "no");
    }
}
