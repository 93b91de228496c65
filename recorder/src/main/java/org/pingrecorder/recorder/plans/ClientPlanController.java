package org.pingrecorder.recorder.plans;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;

/** {@code /clients/{clientId}/plan}: what one client is to ping. */
@Tag(name = "plans", description = "What clients are to ping.")
@Controller("/clients/{clientId}/plan")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ClientPlanController {

    private final PlanCalls calls;
    private final EffectivePlans plans;

    ClientPlanController(PlanCalls calls, EffectivePlans plans) {
        this.calls = calls;
        this.plans = plans;
    }

    @Operation(
            summary = "The plan of a client",
            description =
                    "Its own settings and targets, those of its tags' plans (tag_targets; its own"
                            + " win, then tags by name) and those of its own list"
                            + " (client_targets), which no plan changes; what all of them come to"
                            + " (effective); the revision that it is to follow and the one that it"
                            + " follows, since when, and what of it it cannot.")
    @ApiResponse(
            responseCode = "200",
            description = "The plan; ETag is its revision.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object", example = PlanExamples.OF_CLIENT)))
    @Get
    HttpResponse<InputStream> get(HttpRequest<?> request, @PathVariable String clientId) {
        return calls.get(request, PlanOwner.client(clientId));
    }

    @Operation(
            summary = "Set all of the plan of a client",
            description =
                    "What is left out is said by no plan; targets, up to 100,000, must be given."
                            + " With revision in the body, or If-Match, a plan that has another one"
                            + " by now answers 409. What GET answers can be sent as it is.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object", example = PlanExamples.BODY)))
    @ApiResponse(
            responseCode = "200",
            description = "It is stored, and on its way.",
            content = @Content(schema = @Schema(implementation = PlanChange.class)))
    @Put
    HttpResponse<PlanChange> put(
            HttpRequest<?> request, @PathVariable String clientId, @Body byte @Nullable [] body) {
        return calls.put(request, PlanOwner.client(clientId), body);
    }

    @Operation(
            summary = "Change some of the plan of a client",
            description =
                    "Only what is given; null takes a setting back. {\"paused\":true} pauses,"
                            + " {\"paused\":false} resumes.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object", example = "{\"paused\":true}")))
    @ApiResponse(
            responseCode = "200",
            description = "It is stored, and on its way.",
            content = @Content(schema = @Schema(implementation = PlanChange.class)))
    @Patch
    HttpResponse<PlanChange> patch(
            HttpRequest<?> request, @PathVariable String clientId, @Body byte @Nullable [] body) {
        return calls.patch(request, PlanOwner.client(clientId), body);
    }

    @Operation(
            summary = "Add one target to the plan of a client, or an array of up to 10,000",
            description =
                    "One that is there becomes what is given; if nothing but its ip is given, it is"
                            + " kept as it is.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object", example = PlanExamples.TARGET)))
    @ApiResponse(
            responseCode = "200",
            description = "They are stored, and on their way.",
            content = @Content(schema = @Schema(implementation = PlanChange.class)))
    @Post("/targets")
    HttpResponse<PlanChange> add(
            HttpRequest<?> request, @PathVariable String clientId, @Body byte @Nullable [] body) {
        return calls.add(request, PlanOwner.client(clientId), body);
    }

    @Operation(
            summary = "Take one target off the plan of a client",
            parameters = {
                @Parameter(
                        name = "ip",
                        in = ParameterIn.QUERY,
                        required = true,
                        description = "Its address or host name."),
                @Parameter(
                        name = "family",
                        in = ParameterIn.QUERY,
                        description = "ipv4 or ipv6, where the plan names that half of a name.")
            })
    @ApiResponse(
            responseCode = "200",
            description = "It is off the plan.",
            content = @Content(schema = @Schema(implementation = PlanChange.class)))
    @Delete("/targets")
    HttpResponse<PlanChange> remove(HttpRequest<?> request, @PathVariable String clientId) {
        return calls.remove(request, PlanOwner.client(clientId));
    }

    @Operation(
            summary = "Add a text of addresses to the plan of a client",
            description =
                    "A line each, as a client's targets file has them: address, settings"
                        + " (interval=, timeout=, grace=, families=, tags=a,b) and name, # for"
                        + " comments; UTF-8, up to 16 MB and 200,000 lines. Lines that cannot be"
                        + " read are counted and the first 1,000 listed; the others are stored.",
            parameters = {
                @Parameter(
                        name = "replace",
                        in = ParameterIn.QUERY,
                        description = "true: targets that the text does not name are removed.",
                        schema = @Schema(type = "boolean")),
                @Parameter(
                        name = "dry_run",
                        in = ParameterIn.QUERY,
                        description = "true: nothing is stored; the answer says what would be.",
                        schema = @Schema(type = "boolean"))
            })
    @RequestBody(
            content =
                    @Content(
                            mediaType = PlanCalls.TEXT,
                            schema = @Schema(type = "string", example = PlanExamples.TEXT)))
    @ApiResponse(
            responseCode = "200",
            description = "What could be read is stored, and on its way.",
            content = @Content(schema = @Schema(implementation = PlanChange.class)))
    @Post(value = "/import", consumes = PlanCalls.TEXT)
    HttpResponse<PlanChange> importText(
            HttpRequest<?> request, @PathVariable String clientId, @Body byte @Nullable [] body) {
        return calls.importText(request, PlanOwner.client(clientId), body);
    }

    @Operation(
            summary = "The targets of the plan of a client as text",
            description = "As import reads it; only what this plan names.")
    @ApiResponse(
            responseCode = "200",
            description = "A line each.",
            content =
                    @Content(
                            mediaType = PlanCalls.TEXT,
                            schema = @Schema(type = "string", example = PlanExamples.TEXT)))
    @Get(
            value = "/export",
            produces = {PlanCalls.TEXT, "application/problem+json"})
    HttpResponse<InputStream> export(HttpRequest<?> request, @PathVariable String clientId) {
        return calls.export(request, PlanOwner.client(clientId));
    }

    @Operation(
            summary = "What a client is to follow",
            description =
                    "Its own plan and those of its tags together, for a client that polls instead"
                            + " of listening on /ws; ETag is the revision, If-None-Match answers"
                            + " 304. Revision 0 if nobody ever set anything.")
    @ApiResponse(
            responseCode = "200",
            description = "The plan.",
            content = @Content(schema = @Schema(implementation = Plan.class)))
    @ApiResponse(responseCode = "304", description = "It is the one that If-None-Match names.")
    @Get("/effective")
    HttpResponse<Plan> effective(HttpRequest<?> request, @PathVariable String clientId) {
        String client = PlanOwner.client(clientId).name();
        String known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.equals(PlanCalls.tag(plans.revisionOf(client)))) {
            return HttpResponse.notModified();
        }
        Plan plan = plans.planOf(client);
        return HttpResponse.ok(plan).header(HttpHeaders.ETAG, PlanCalls.tag(plan.revision()));
    }

    @Operation(
            summary = "Acknowledge a plan",
            description =
                    "For a client that polls: it follows that revision and has it on disk."
                            + " problems, up to 100, say what of it cannot be followed. 404 for a"
                            + " client that nobody named, 409 for one that is connected (it says"
                            + " so there), 422 for a revision that no plan can have.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Ack.class)))
    @ApiResponse(responseCode = "204", description = "It is noted.")
    @Post("/ack")
    @Status(HttpStatus.NO_CONTENT)
    void acknowledge(@PathVariable String clientId, @Body byte @Nullable [] body) {
        String client = PlanOwner.client(clientId).name();
        JsonObject given = JsonBody.object(body, "{\"revision\":7}");
        Long revision = given.whole("revision", 0, Long.MAX_VALUE);
        if (revision == null) {
            throw given.fault("revision", "'revision' is missing; give that of the plan");
        }
        plans.acknowledgedByCall(client, new Ack(revision, given.strings("problems")));
    }
}
