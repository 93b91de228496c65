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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.http.RowEncoder;
import org.pingrecorder.wire.PingData;

/** {@code /ping-data}: latencies grouped by ip, for charts. */
@Tag(name = "pings")
@Controller("/ping-data")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PingDataController {

    private static final Set<String> PARAMETERS =
            Set.of("ip", "family", "client", "start", "end", "format");

    private static final List<Column<StoredPing>> CSV_COLUMNS =
            List.of(
                    new Column<>("device", StoredPing::device),
                    new Column<>("ip", StoredPing::ip),
                    new Column<>("family", StoredPing::family),
                    new Column<>("client", StoredPing::client),
                    new Column<>("latency_ms", StoredPing::latencyMs),
                    new Column<>("timestamp", StoredPing::at));

    private final PingStore store;
    private final InstantSource clock;
    private final Answers answers;

    PingDataController(PingStore store, InstantSource clock, Answers answers) {
        this.answers = answers;
        this.store = store;
        this.clock = clock;
    }

    @Operation(
            summary = "Latencies of a window, grouped by ip",
            description =
                    "Ips with pings in the window, each with its pings by time; device is the name,"
                            + " else the address. latency_ms null is a lost ping; pings that were"
                            + " never sent are only in /pings. The last hour by default. Streamed.",
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
                        description = "json, ndjson (an ip a line) or csv (a ping a line).")
            })
    @ApiResponse(
            responseCode = "200",
            description = "The ips with their pings.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = PingData.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> pingData(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Rows<StoredPing> sent =
                store.find(Filter.of(query, clock.instant()), Optional.empty())
                        .select(PingDataController::ifSent);
        RowEncoder<StoredPing> encoder =
                format == Format.CSV
                        ? ColumnEncoders.of(format, CSV_COLUMNS)
                        : new PingDataJson(format == Format.NDJSON);
        return answers.stream(request, sent, encoder, format);
    }

    /**
     * Without an outcome beside it, a ping that was never sent would pass for lost, and so would
     * one of a client that was cut off.
     */
    private static @Nullable StoredPing ifSent(PingRows.Row row) {
        return row.samples().isDecided(row.index()) ? row.ping() : null;
    }
}
