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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.samples.Hours;

/** {@code /outages}: when ips were down. */
@Tag(name = "history")
@Controller("/outages")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OutagesController {

    private static final int LONGEST_PAGE = 100_000;
    private static final Set<String> PARAMETERS =
            Set.of("ip", "family", "client", "start", "end", "limit", "cursor", "format");

    private static final List<Column<OutageRow>> COLUMNS =
            List.of(
                    new Column<>("client", OutageRow::client),
                    new Column<>("ip", OutageRow::ip),
                    new Column<>("family", OutageRow::family, true),
                    new Column<>("name", OutageRow::name),
                    new Column<>("from", OutageRow::from),
                    new Column<>("to", OutageRow::to),
                    new Column<>("duration_ms", OutageRow::durationMs),
                    new Column<>("lost", OutageRow::lost),
                    new Column<>("cause", OutageRow::cause),
                    new Column<>("ended_by", OutageRow::endedBy));

    private final OutageStore store;
    private final InstantSource clock;
    private final Answers answers;

    OutagesController(OutageStore store, InstantSource clock, Answers answers) {
        this.store = store;
        this.clock = clock;
        this.answers = answers;
    }

    @Operation(
            summary = "Outages that overlap a window",
            description =
                    "By client and ip, then by time. An outage is three or more lost pings in a"
                        + " row; it ends with the next reply, or at its last lost ping if no ping"
                        + " follows for more than ten intervals. The times in which a client was"
                        + " cut off from its network and lost pings of an ip are told beside them,"
                        + " with the cause cut_off; such pings begin, extend and end no outage. The"
                        + " last hour by default.",
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
                        description = "ISO-8601 with offset; an hour before the end.",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        name = "end",
                        in = ParameterIn.QUERY,
                        description = "ISO-8601 with offset; now.",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        name = "limit",
                        in = ParameterIn.QUERY,
                        description = "At most so many, 1 to 100,000; Link names the next page.",
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
            description = "The outages.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = OutageRow.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> outages(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Instant now = clock.instant();
        long nowMicros = Hours.micros(now);
        Filter filter = Filter.of(query, now);
        OptionalInt limit = query.limit(LONGEST_PAGE);
        Optional<Position> after = query.cursor(Position::ofCursor);
        return answers.page(
                request,
                () ->
                        Page.<OverlappingOutages.OfIp>of(
                                        limit,
                                        fetch -> store.find(filter, after, nowMicros).first(fetch),
                                        last -> last.position().cursor())
                                .map(row -> OutageRow.of(row.target(), row.outage(), nowMicros)),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of(
                        "start", filter.window().start().toString(),
                        "end", filter.window().end().toString()));
    }
}
