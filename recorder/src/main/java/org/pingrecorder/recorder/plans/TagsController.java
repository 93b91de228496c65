package org.pingrecorder.recorder.plans;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.wire.TagName;

/** {@code /tags}: the tags of clients and of plans. */
@Tag(name = "plans", description = "What clients are to ping.")
@Controller("/tags")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TagsController {

    private static final int LONGEST_PAGE = 10_000;
    private static final Set<String> PARAMETERS = Set.of("limit", "cursor", "format");

    private static final List<Column<ListedTag>> COLUMNS =
            List.of(
                    new Column<>("tag", ListedTag::tag),
                    new Column<>("clients", ListedTag::clients),
                    new Column<>("targets", ListedTag::targets),
                    new Column<>("revision", ListedTag::revision));

    private final PlanReads reads;
    private final Answers answers;

    TagsController(PlanReads reads, Answers answers) {
        this.reads = reads;
        this.answers = answers;
    }

    @Operation(
            summary = "List tags",
            description =
                    "By name: every tag that a client has, or that has a plan, with the number of"
                            + " clients, of targets of its plan, and the revision of that (0"
                            + " without one).",
            parameters = {
                @Parameter(
                        name = "limit",
                        in = ParameterIn.QUERY,
                        description = "At most so many, 1 to 10,000; Link names the next page.",
                        schema = @Schema(type = "integer")),
                @Parameter(
                        name = "cursor",
                        in = ParameterIn.QUERY,
                        description = "Where to go on, from the Link header."),
                @Parameter(
                        name = "format",
                        in = ParameterIn.QUERY,
                        description = "json, ndjson or csv; also by Accept.")
            })
    @ApiResponse(
            responseCode = "200",
            description = "The tags.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = ListedTag.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> list(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        OptionalInt limit = query.limit(LONGEST_PAGE);
        String after = query.cursor(TagName::check).orElse("");
        return answers.page(
                request,
                () -> Page.of(limit, fetch -> reads.tags(after, fetch), ListedTag::tag),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of());
    }
}
