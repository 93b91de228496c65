package org.pingrecorder.recorder.plans;

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

/** {@code /tags/{tag}/plan}: what every client with a tag is to ping. */
@Tag(name = "plans", description = "What clients are to ping.")
@Controller("/tags/{tag}/plan")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TagPlanController {

    private final PlanCalls calls;

    TagPlanController(PlanCalls calls) {
        this.calls = calls;
    }

    @Operation(
            summary = "The plan of a tag",
            description =
                    "It concerns every client with the tag; clients says how far each is with all"
                            + " of its plans.")
    @ApiResponse(
            responseCode = "200",
            description = "The plan; ETag is its revision.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object", example = PlanExamples.OF_TAG)))
    @Get
    HttpResponse<InputStream> get(HttpRequest<?> request, @PathVariable String tag) {
        return calls.get(request, PlanOwner.tag(tag));
    }

    @Operation(
            summary = "Set all of the plan of a tag",
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
            HttpRequest<?> request, @PathVariable String tag, @Body byte @Nullable [] body) {
        return calls.put(request, PlanOwner.tag(tag), body);
    }

    @Operation(
            summary = "Change some of the plan of a tag",
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
            HttpRequest<?> request, @PathVariable String tag, @Body byte @Nullable [] body) {
        return calls.patch(request, PlanOwner.tag(tag), body);
    }

    @Operation(
            summary = "Delete the plan of a tag",
            description =
                    "Its targets and settings no longer concern anybody; clients keep the tag."
                            + " 404 if there is none. With If-Match, a plan that has another"
                            + " revision by now answers 409.")
    @ApiResponse(responseCode = "204", description = "It is deleted; its clients are told.")
    @Delete
    @Status(HttpStatus.NO_CONTENT)
    void delete(HttpRequest<?> request, @PathVariable String tag) {
        calls.delete(request, PlanOwner.tag(tag));
    }

    @Operation(
            summary = "Add one target to the plan of a tag, or an array of up to 10,000",
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
            HttpRequest<?> request, @PathVariable String tag, @Body byte @Nullable [] body) {
        return calls.add(request, PlanOwner.tag(tag), body);
    }

    @Operation(
            summary = "Take one target off the plan of a tag",
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
    HttpResponse<PlanChange> remove(HttpRequest<?> request, @PathVariable String tag) {
        return calls.remove(request, PlanOwner.tag(tag));
    }

    @Operation(
            summary = "Add a text of addresses to the plan of a tag",
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
            HttpRequest<?> request, @PathVariable String tag, @Body byte @Nullable [] body) {
        return calls.importText(request, PlanOwner.tag(tag), body);
    }

    @Operation(
            summary = "The targets of the plan of a tag as text",
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
    HttpResponse<InputStream> export(HttpRequest<?> request, @PathVariable String tag) {
        return calls.export(request, PlanOwner.tag(tag));
    }
}
