package org.pingrecorder.recorder.history;

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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Query;

/** {@code /completeness}: whether every ping is here. */
@Tag(name = "history")
@Controller("/completeness")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CompletenessController {

    private static final Set<String> PARAMETERS =
            Set.of("ip", "family", "client", "start", "end", "format");

    private static final List<Column<CompletenessRow>> COLUMNS =
            List.of(
                    new Column<>("client", CompletenessRow::client),
                    new Column<>("ip", CompletenessRow::ip),
                    new Column<>("family", CompletenessRow::family, true),
                    new Column<>("name", CompletenessRow::name),
                    new Column<>("expected", CompletenessRow::expected),
                    new Column<>("stored", CompletenessRow::stored),
                    new Column<>("missing", CompletenessRow::missing),
                    new Column<>("missed", CompletenessRow::missed),
                    new Column<>("dropped", CompletenessRow::dropped),
                    new Column<>("not_running", CompletenessRow::notRunning),
                    new Column<>("stopped", CompletenessRow::stopped),
                    new Column<>("paused", CompletenessRow::paused),
                    new Column<>("not_delivered", CompletenessRow::notDelivered),
                    new Column<>("unknown", CompletenessRow::unknown));

    private final CompletenessStore store;
    private final InstantSource clock;
    private final Answers answers;

    CompletenessController(CompletenessStore store, InstantSource clock, Answers answers) {
        this.store = store;
        this.clock = clock;
        this.answers = answers;
    }

    @Operation(
            summary = "What of every ip's timetable is stored, and why the rest is not",
            description =
                    "Expected are the slots of the window that should be decided and delivered by"
                        + " now: up to 15 s ago (2 s timeout, 3 s grace, 10 s to deliver). Null"
                        + " where a client never told its timetable, as for single posts. By client"
                        + " and ip; the last hour by default.",
            parameters = {
                @Parameter(
                        name = "ip",
                        in = ParameterIn.QUERY,
                        description = "Only of this address; may be given several times."),
                @Parameter(
                        name = "family",
                        in = ParameterIn.QUERY,
                        description =
                                "Only of this half of host names, ipv4 or ipv6; may be given"
                                        + " several times."),
                @Parameter(
                        name = "client",
                        in = ParameterIn.QUERY,
                        description = "Only of this client; may be given several times."),
                @Parameter(
                        name = "start",
                        in = ParameterIn.QUERY,
                        description = "ISO-8601 with offset, inclusive; an hour before the end.",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        name = "end",
                        in = ParameterIn.QUERY,
                        description = "ISO-8601 with offset, exclusive; now.",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        name = "format",
                        in = ParameterIn.QUERY,
                        description = "json, ndjson or csv; also by Accept.")
            })
    @ApiResponse(
            responseCode = "200",
            description = "The ips.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    CompletenessRow.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> completeness(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Instant now = clock.instant();
        return answers.stream(
                request,
                store.find(Filter.of(query, now), now),
                ColumnEncoders.of(format, COLUMNS),
                format);
    }
}
