package org.pingrecorder.recorder.clients;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.ClientPath;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.samples.StorableText;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.TagName;

/** {@code /clients}: the fleet. */
@Tag(name = "clients", description = "The fleet.")
@Controller("/clients")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ClientsController {

    private static final int LONGEST_PAGE = 10_000;
    private static final Set<String> PARAMETERS =
            Set.of("state", "tag", "limit", "cursor", "format");
    private static final List<String> CHANGEABLE = List.of("tags", "note");
    private static final int LONGEST_NOTE = 2_000;

    private static final List<Column<Client>> COLUMNS =
            List.of(
                    new Column<>("client", Client::client),
                    new Column<>("state", client -> client.state().text()),
                    new Column<>("state_since", Client::stateSince),
                    new Column<>("tags", Client::tags),
                    new Column<>("note", Client::note),
                    new Column<>("address", Client::address),
                    new Column<>("addresses", Client::addresses),
                    new Column<>("version", Client::version),
                    new Column<>("icmp", Client::icmp),
                    new Column<>("ipv4", Client::ipv4),
                    new Column<>("ipv6", Client::ipv6),
                    new Column<>("most_pings_per_second", Client::mostPingsPerSecond),
                    new Column<>("os", Client::os),
                    new Column<>("connected_at", Client::connectedAt),
                    new Column<>("stopped_at", Client::stoppedAt),
                    new Column<>("created_at", Client::createdAt),
                    new Column<>("last_seen", Client::lastSeen),
                    new Column<>("clock_offset_ms", Client::clockOffsetMs),
                    new Column<>("ips", Client::ips),
                    new Column<>("plan_revision", Client::planRevision),
                    new Column<>("plan_acked", Client::planAcked),
                    new Column<>("plan_acked_at", Client::planAckedAt),
                    new Column<>("plan_problems", Client::planProblems),
                    new Column<>("paused", Client::paused),
                    new Column<>("paused_at", Client::pausedAt),
                    new Column<>("status_at", Client::statusAt),
                    new Column<>("pinged_ips", Client::pingedIps),
                    new Column<>("spooled_pings", Client::spooledPings),
                    new Column<>("dropped_pings", Client::droppedPings),
                    new Column<>("cut_off", Client::cutOff),
                    new Column<>("cut_off_since", Client::cutOffSince));

    private final ClientStore store;
    private final ClientChanges changes;
    private final Answers answers;

    ClientsController(ClientStore store, ClientChanges changes, Answers answers) {
        this.store = store;
        this.changes = changes;
        this.answers = answers;
    }

    @Operation(
            summary = "List clients",
            description =
                    "By name. state is connected (its control channel is open), delivering (it has"
                            + " none, but delivered within a minute), stopped (it said so), lost"
                            + " (its channel ended without a word), silent (it never had one, and"
                            + " delivers nothing now) or never_seen (it was only named).",
            parameters = {
                @Parameter(
                        name = "state",
                        in = ParameterIn.QUERY,
                        description = "Only clients in this state; may be given several times."),
                @Parameter(
                        name = "tag",
                        in = ParameterIn.QUERY,
                        description = "Only clients with this tag; several are any of them."),
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
        ClientStore.Filter filter =
                new ClientStore.Filter(
                        query.texts("state", ClientState::parse),
                        query.texts("tag", TagName::check));
        return answers.page(
                request,
                () -> Page.of(limit, fetch -> store.list(filter, after, fetch), Client::client),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of());
    }

    @Operation(summary = "One client")
    @Get("/{clientId}")
    Client get(@PathVariable String clientId) {
        String client = ClientPath.check(clientId);
        return store.find(client).orElseThrow(() -> unknown(client));
    }

    @Operation(
            summary = "Change a client's tags or note",
            description =
                    "Replaces what is given: tags (an array of up to 20; a plan of one of them"
                            + " holds for the client) and note (up to 2,000 characters, null for"
                            + " none).")
    @RequestBody(content = @Content(schema = @Schema(implementation = ClientPatch.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The client as it is now.",
            content = @Content(schema = @Schema(implementation = Client.class)))
    @Patch("/{clientId}")
    Client patch(@PathVariable String clientId, @Body byte @Nullable [] body) {
        String client = ClientPath.check(clientId);
        JsonObject given = JsonBody.object(body, "{\"tags\":[\"core\"]}").only(CHANGEABLE);
        if (!given.has("tags") && !given.has("note")) {
            throw given.fault("tags", "Give 'tags', 'note' or both: there is nothing to change");
        }
        List<String> tags = Objects.requireNonNullElse(given.tags(), List.of());
        String note = given.optional("note", ClientsController::checkNote);
        boolean found =
                (!given.has("tags") || changes.setTags(client, tags))
                        && (!given.has("note") || changes.setNote(client, note));
        if (!found) {
            throw unknown(client);
        }
        return get(client);
    }

    @Operation(
            summary = "Take a client off the list",
            description =
                    "With its ips, plan, tags and note. Its history stays, and it is back when it"
                            + " connects, delivers or is named again. 409 while it is connected.")
    @ApiResponse(responseCode = "204", description = "It is off the list.")
    @Delete("/{clientId}")
    @Status(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String clientId) {
        String client = ClientPath.check(clientId);
        switch (changes.delete(client)) {
            case DONE -> {}
            case NOT_LISTED -> throw unknown(client);
            case CONNECTED ->
                    throw Fault.of(
                            HttpStatus.CONFLICT,
                            "Client '" + client + "' is connected; stop it first.");
        }
    }

    private static String checkNote(String note) {
        if (note.length() > LONGEST_NOTE || !note.equals(StorableText.of(note))) {
            throw new IllegalArgumentException(
                    "write up to " + LONGEST_NOTE + " characters, without control characters");
        }
        return note;
    }

    private static Fault unknown(String client) {
        return Fault.of(
                HttpStatus.NOT_FOUND,
                "There is no client '" + client + "'; GET /clients lists them.");
    }
}
