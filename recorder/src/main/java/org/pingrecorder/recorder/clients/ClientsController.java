package org.pingrecorder.recorder.clients;

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
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientName;

/** {@code /clients}: the fleet. */
@Tag(name = "clients", description = "The fleet.")
@Controller("/clients")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ClientsController {

    private static final int LONGEST_PAGE = 10_000;
    private static final Set<String> PARAMETERS = Set.of("limit", "cursor", "format");

    private static final List<Column<Client>> COLUMNS =
            List.of(
                    new Column<>("client", Client::client),
                    new Column<>("address", Client::address),
                    new Column<>("created_at", Client::createdAt),
                    new Column<>("last_seen", Client::lastSeen),
                    new Column<>("clock_offset_ms", Client::clockOffsetMs),
                    new Column<>("ips", Client::ips));

    private final ClientStore store;
    private final Answers answers;

    ClientsController(ClientStore store, Answers answers) {
        this.answers = answers;
        this.store = store;
    }

    @Operation(
            summary = "List clients",
            description = "By name. last_seen is null for one that never delivered anything.",
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
            description = "The clients.",
            content =
                    @Content(array = @ArraySchema(schema = @Schema(implementation = Client.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> list(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        OptionalInt limit = query.limit(LONGEST_PAGE);
        String after = query.cursor(ClientName::check).orElse("");
        return answers.page(
                request,
                () -> Page.of(limit, fetch -> store.list(after, fetch), Client::client),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of());
    }
}
