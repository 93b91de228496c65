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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Query;

/** {@code /history}: pings summed up in buckets. */
@Tag(name = "history", description = "What pings come to.")
@Controller("/history")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HistoryController {

    private static final Set<String> PARAMETERS =
            Set.of("ip", "family", "client", "start", "end", "step", "tz", "format");

    private static final List<Column<HistoryRow>> COLUMNS =
            List.of(
                    new Column<>("client", HistoryRow::client),
                    new Column<>("ip", HistoryRow::ip),
                    new Column<>("family", HistoryRow::family, true),
                    new Column<>("name", HistoryRow::name),
                    new Column<>("start", HistoryRow::start),
                    new Column<>("sent", HistoryRow::sent),
                    new Column<>("received", HistoryRow::received),
                    new Column<>("lost", HistoryRow::lost),
                    new Column<>("late", HistoryRow::late),
                    new Column<>("not_sent", HistoryRow::notSent),
                    new Column<>("missing", HistoryRow::missing),
                    new Column<>("duplicates", HistoryRow::duplicates),
                    new Column<>("cut_off", HistoryRow::cutOff),
                    new Column<>("loss_percent", HistoryRow::lossPercent),
                    new Column<>("min", HistoryRow::min),
                    new Column<>("avg", HistoryRow::avg),
                    new Column<>("max", HistoryRow::max),
                    new Column<>("stddev", HistoryRow::stddev),
                    new Column<>("p10", HistoryRow::p10),
                    new Column<>("p25", HistoryRow::p25),
                    new Column<>("p50", HistoryRow::p50),
                    new Column<>("p75", HistoryRow::p75),
                    new Column<>("p90", HistoryRow::p90),
                    new Column<>("p95", HistoryRow::p95),
                    new Column<>("p99", HistoryRow::p99),
                    new Column<>("percentiles", HistoryRow::percentiles));

    private final HistoryStore store;
    private final InstantSource clock;
    private final Answers answers;

    HistoryController(HistoryStore store, InstantSource clock, Answers answers) {
        this.store = store;
        this.clock = clock;
        this.answers = answers;
    }

    @Operation(
            summary = "Pings of a window, summed up in buckets",
            description =
                    "A row for each ip and bucket, by client, ip and time; zeros and nulls where"
                        + " nothing is stored. missing counts the slots of the ip's timetable that"
                        + " have no ping, by reason as in /completeness; null where its client told"
                        + " none. Percentiles are exact, or within 1 % where summaries of hours are"
                        + " merged, which is so for steps of an hour and more; each row says which."
                        + " The last hour by default. At most 1,000,000 rows: 422 says what to"
                        + " change. Streamed.",
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
                        name = "step",
                        in = ParameterIn.QUERY,
                        description =
                                "Length of a bucket, 1s to 1y: a number and s, m, h, d, w, month or"
                                        + " y; at most 400 buckets of round length where absent."
                                        + " window: one bucket for all of it."),
                @Parameter(
                        name = "tz",
                        in = ParameterIn.QUERY,
                        description =
                                "Time zone whose midnights buckets are counted from, such as"
                                        + " Europe/Berlin; UTC."),
                @Parameter(
                        name = "format",
                        in = ParameterIn.QUERY,
                        description = "json, ndjson or csv; also by Accept.")
            })
    @ApiResponse(
            responseCode = "200",
            description = "The buckets.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = HistoryRow.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> history(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Instant now = clock.instant();
        Filter filter = Filter.of(query, now);
        Step step = query.value("step", Step::parse).orElseGet(() -> Step.fitting(filter.window()));
        ZoneId zone = query.value("tz", Buckets::zone).orElse(ZoneOffset.UTC);
        return answers.stream(
                request,
                store.find(filter, step, zone, now),
                ColumnEncoders.of(format, COLUMNS),
                format);
    }
}
