package org.pingrecorder.recorder.intake;

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
import java.util.OptionalInt;
import java.util.Set;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.wire.ClientName;

/** {@code /refusals}: what was not taken as it came. */
@Tag(name = "pings")
@Controller("/refusals")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RefusalsController {

    private static final int LONGEST_PAGE = 10_000;
    private static final Set<String> PARAMETERS =
            Set.of("client", "kind", "start", "end", "limit", "cursor", "format");

    private static final List<Column<ListedRefusal>> COLUMNS =
            List.of(
                    new Column<>("id", ListedRefusal::id),
                    new Column<>("client", ListedRefusal::client),
                    new Column<>("kind", ListedRefusal::kind),
                    new Column<>("received_at", ListedRefusal::receivedAt),
                    new Column<>("spool", ListedRefusal::spool),
                    new Column<>("batch", ListedRefusal::batch),
                    new Column<>("series", ListedRefusal::series),
                    new Column<>("index", ListedRefusal::index),
                    new Column<>("reason", ListedRefusal::reason),
                    new Column<>("content", ListedRefusal::content));

    private final RefusalStore store;
    private final InstantSource clock;
    private final Answers answers;

    RefusalsController(RefusalStore store, InstantSource clock, Answers answers) {
        this.store = store;
        this.clock = clock;
        this.answers = answers;
    }

    @Operation(
            summary = "What was refused or put aside of deliveries",
            description =
                    "Oldest first, the last hour by default; the newest 10,000 of a client are"
                            + " kept. A refused ping, series or gap is stored nowhere else; a"
                            + " quarantined one was more than 10 minutes ahead of the recorder's"
                            + " clock.",
            parameters = {
                @Parameter(
                        name = "client",
                        in = ParameterIn.QUERY,
                        description = "Only of this client; may be given several times."),
                @Parameter(
                        name = "kind",
                        in = ParameterIn.QUERY,
                        description = "refused or quarantined; both if absent."),
                @Parameter(
                        name = "start",
                        in = ParameterIn.QUERY,
                        description = "When it came: ISO-8601, inclusive; an hour before the end.",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        name = "end",
                        in = ParameterIn.QUERY,
                        description = "When it came: ISO-8601, exclusive; now.",
                        schema = @Schema(type = "string", format = "date-time")),
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
            description = "The refusals.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema =
                                                    @Schema(implementation = ListedRefusal.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> list(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Window window = Window.of(query, clock.instant());
        List<String> clients = query.texts("client", ClientName::check);
        List<String> kinds = query.texts("kind", RefusalsController::kind);
        OptionalInt limit = query.limit(LONGEST_PAGE);
        long after = query.cursor(RefusalsController::id).orElse(0L);
        return answers.page(
                request,
                () ->
                        Page.of(
                                limit,
                                fetch -> store.list(window, clients, kinds, after, fetch),
                                last -> Long.toString(last.id())),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of("start", window.start().toString(), "end", window.end().toString()));
    }

    private static String kind(String text) {
        for (Refusal.Kind kind : Refusal.Kind.values()) {
            if (kind.text().equals(text)) {
                return text;
            }
        }
        throw new IllegalArgumentException("give refused or quarantined");
    }

    private static Long id(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(
                    "is not a cursor of this listing; take it from a Link header");
        }
        return Long.valueOf(text);
    }
}
