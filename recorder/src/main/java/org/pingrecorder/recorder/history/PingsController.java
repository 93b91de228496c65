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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;

/** {@code /pings}: every single ping. */
@Tag(name = "pings")
@Controller("/pings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PingsController {

    private static final int LONGEST_PAGE = 100_000;
    private static final int NEWEST = 100;
    private static final Set<String> PARAMETERS =
            Set.of("ip", "family", "client", "start", "end", "sort", "limit", "cursor", "format");

    private static final List<Column<StoredPing>> COLUMNS =
            List.of(
                    new Column<>("client", StoredPing::client),
                    new Column<>("ip", StoredPing::ip),
                    new Column<>("family", StoredPing::family, true),
                    new Column<>("name", StoredPing::name),
                    new Column<>("at", StoredPing::at),
                    new Column<>("outcome", StoredPing::outcome),
                    new Column<>("latency_ms", StoredPing::latencyMs),
                    new Column<>("type", StoredPing::type, true),
                    new Column<>("code", StoredPing::code, true),
                    new Column<>("from", StoredPing::from, true),
                    new Column<>("cause", StoredPing::cause, true),
                    new Column<>("ttl", StoredPing::ttl, true),
                    new Column<>("duplicates", StoredPing::duplicates, true),
                    new Column<>("slip_us", StoredPing::slipUs, true),
                    new Column<>("cut_off", StoredPing::cutOff, true),
                    new Column<>("address", StoredPing::address, true),
                    new Column<>("client_time", StoredPing::clientTime, true));

    private final PingStore store;
    private final InstantSource clock;
    private final Answers answers;

    PingsController(PingStore store, InstantSource clock, Answers answers) {
        this.answers = answers;
        this.store = store;
        this.clock = clock;
    }

    @Operation(
            summary = "Every ping of a window",
            description =
                    "By client and ip, then by time; sort=newest gives the newest of all first."
                            + " The last hour by default. Streamed.",
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
                        name = "sort",
                        in = ParameterIn.QUERY,
                        description = "newest: newest first, 100 of them unless limit says else."),
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
            description = "The pings.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = StoredPing.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> pings(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Filter filter = Filter.of(query, clock.instant());
        OptionalInt limit = query.limit(LONGEST_PAGE);
        Optional<Position> after = query.cursor(Position::ofCursor);
        Optional<String> sort = query.text("sort");
        if (sort.isEmpty()) {
            return answers.page(
                    request,
                    () ->
                            Page.<PingRows.Row>of(
                                            limit,
                                            fetch -> store.find(filter, after).first(fetch),
                                            last -> last.position().cursor())
                                    .map(PingRows.Row::ping),
                    ColumnEncoders.of(format, COLUMNS),
                    format,
                    Map.of(
                            "start", filter.window().start().toString(),
                            "end", filter.window().end().toString()));
        }
        if (!sort.get().equals("newest") || after.isPresent()) {
            throw Fault.badRequest("sort", "'sort' is newest, without a cursor, or absent.");
        }
        return answers.page(
                request,
                () -> Page.all(Rows.of(store.newest(filter, limit.orElse(NEWEST)))),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of());
    }
}
