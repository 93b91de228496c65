package org.pingrecorder.recorder.hostmetrics;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.history.Buckets;
import org.pingrecorder.recorder.history.Step;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.ClientPath;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.wire.MetricName;

/** {@code /clients/{clientId}/metrics}: what clients measure of their hosts. */
@Tag(name = "clients", description = "The fleet.")
@Controller("/clients/{clientId}/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HostMetricsController {

    private static final Set<String> PARAMETERS =
            Set.of("start", "end", "step", "tz", "names", "format");

    private static final List<Column<MetricRow>> COLUMNS =
            List.of(
                    new Column<>("name", MetricRow::name),
                    new Column<>("start", MetricRow::start),
                    new Column<>("samples", MetricRow::samples),
                    new Column<>("min", MetricRow::min),
                    new Column<>("avg", MetricRow::avg),
                    new Column<>("max", MetricRow::max),
                    new Column<>("last", MetricRow::last));

    private final HostStore store;
    private final ClientStore clients;
    private final InstantSource clock;
    private final Answers answers;

    HostMetricsController(
            HostStore store, ClientStore clients, InstantSource clock, Answers answers) {
        this.store = store;
        this.clients = clients;
        this.clock = clock;
        this.answers = answers;
    }

    @Operation(
            summary = "What a client measured of its host, summed up in buckets",
            description =
                    "A row for each name that has a value in the window and each bucket, by name"
                        + " and time; nulls where nothing was measured. The last hour by default."
                        + " At most 200,000 rows, of at most 200,000,000 values: 422 says what to"
                        + " change.",
            parameters = {
                @Parameter(
                        name = "names",
                        in = ParameterIn.QUERY,
                        description =
                                "Only of this name, with its label such as"
                                        + " disk_used_bytes{mount=\"/\"}, or without for all of"
                                        + " them; may be given several times."),
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
                                        + " y; at most 400 buckets of round length where absent."),
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
                                            schema = @Schema(implementation = MetricRow.class))))
    @ApiResponse(responseCode = "404", description = "There is no such client.")
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> metrics(@PathVariable String clientId, HttpRequest<?> request) {
        String client = ClientPath.check(clientId);
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Window window = Window.of(query, clock.instant());
        Step step = query.value("step", Step::parse).orElseGet(() -> Step.fitting(window));
        ZoneId zone = query.value("tz", Buckets::zone).orElse(ZoneOffset.UTC);
        Predicate<String> wanted = wanted(Set.copyOf(query.texts("names", MetricName::check)));
        if (clients.find(client).isEmpty()) {
            throw Fault.of(
                    HttpStatus.NOT_FOUND,
                    "There is no client '" + client + "'; GET /clients lists them.");
        }
        Buckets buckets = Buckets.of(window, step, zone, MetricBuckets.MOST_ROWS);
        return answers.page(
                request,
                () -> Page.all(store.find(client, buckets, wanted)),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of());
    }

    private static Predicate<String> wanted(Set<String> names) {
        return name ->
                names.isEmpty() || names.contains(name) || names.contains(MetricName.bare(name));
    }
}
