package org.pingrecorder.recorder.control;

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
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.ConnectedClient;

/** {@code /conns}: who is connected, to whichever recorder. */
@Tag(name = "clients", description = "The fleet.")
@Controller("/conns")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConnsController {

    private static final int LONGEST_PAGE = 10_000;
    private static final Set<String> PARAMETERS = Set.of("limit", "cursor", "format");

    private static final List<Column<ConnectedClient>> COLUMNS =
            List.of(
                    new Column<>("client", ConnectedClient::client),
                    new Column<>("conn", ConnectedClient::conn),
                    new Column<>("recorder", ConnectedClient::recorder),
                    new Column<>("address", ConnectedClient::address),
                    new Column<>("addresses", ConnectedClient::addresses),
                    new Column<>("version", ConnectedClient::version),
                    new Column<>("icmp", ConnectedClient::icmp),
                    new Column<>("ipv4", ConnectedClient::ipv4),
                    new Column<>("ipv6", ConnectedClient::ipv6),
                    new Column<>("most_pings_per_second", ConnectedClient::mostPingsPerSecond),
                    new Column<>("os", ConnectedClient::os),
                    new Column<>("connected_at", ConnectedClient::connectedAt));

    private final ConnStore store;
    private final Answers answers;

    ConnsController(ConnStore store, Answers answers) {
        this.store = store;
        this.answers = answers;
    }

    @Operation(
            summary = "List the clients that are connected now",
            description =
                    "By name, with what each can do; whichever of the recorders on the database it"
                            + " is connected to.",
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
            description = "The connected clients.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    ConnectedClient.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> list(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        OptionalInt limit = query.limit(LONGEST_PAGE);
        String after = query.cursor(ClientName::check).orElse("");
        return answers.page(
                request,
                () ->
                        Page.of(
                                limit,
                                fetch -> store.connected(after, fetch),
                                ConnectedClient::client),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of());
    }
}
