package org.pingrecorder.recorder.ips;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.Source;
import org.pingrecorder.wire.TagName;
import org.pingrecorder.wire.TargetsText;

/** {@code /ips}: the registry of what has history. */
@Tag(name = "ips", description = "The registry of what has history.")
@Controller("/ips")
@ExecuteOn(TaskExecutors.BLOCKING)
final class IpsController {

    private static final int MOST_AT_ONCE = 10_000;
    private static final int LONGEST_PAGE = 10_000;
    private static final Set<String> LIST_PARAMETERS =
            Set.of("search", "client", "tag", "limit", "cursor", "format");

    private static final List<Column<Ip>> COLUMNS =
            List.of(
                    new Column<>("id", Ip::id),
                    new Column<>("ip", Ip::ip),
                    new Column<>("family", Ip::family, true),
                    new Column<>("client", Ip::client),
                    new Column<>("name", Ip::name),
                    new Column<>("source", ip -> ip.source().text()),
                    new Column<>("tags", Ip::tags),
                    new Column<>("created_at", Ip::createdAt));

    private final IpStore store;
    private final IpRepository repository;
    private final PlannedIps planned;
    private final Answers answers;

    IpsController(IpStore store, IpRepository repository, PlannedIps planned, Answers answers) {
        this.store = store;
        this.repository = repository;
        this.planned = planned;
        this.answers = answers;
    }

    @Operation(
            summary = "Register one ip, or an array of up to 10,000",
            description =
                    "Registering orders nothing: an ip is pinged because its client's own list or"
                        + " plan says so. Answers with the same shape as was sent. Registering"
                        + " again is harmless; a name or source that is given replaces the stored"
                        + " one. A host name of which IPv4 and IPv6 are pinged apart is two ips,"
                        + " each with its family; an address has none.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewIp.class)))
    @ApiResponse(
            responseCode = "201",
            description = "At least one is new.",
            content = @Content(schema = @Schema(implementation = Ip.class)))
    @ApiResponse(
            responseCode = "200",
            description = "All were there.",
            content = @Content(schema = @Schema(implementation = Ip.class)))
    @Post
    HttpResponse<?> register(@Body byte @Nullable [] body) {
        JsonBody.OneOrMany given = JsonBody.oneOrMany(body, MOST_AT_ONCE);
        List<IpStore.Registered> registered =
                store.register(given.objects().stream().map(NewIpBody::read).toList());
        boolean anyNew = registered.stream().anyMatch(IpStore.Registered::isNew);
        List<Ip> ips = registered.stream().map(IpStore.Registered::ip).toList();
        return HttpResponse.status(anyNew ? HttpStatus.CREATED : HttpStatus.OK)
                .body(given.isArray() ? ips : ips.get(0));
    }

    @Operation(
            summary = "List ips",
            description = "All of them without limit; oldest registration first.",
            parameters = {
                @Parameter(
                        name = "search",
                        in = ParameterIn.QUERY,
                        description = "Part of the address or name, in any case."),
                @Parameter(
                        name = "client",
                        in = ParameterIn.QUERY,
                        description = "Only ips of this client; may be given several times."),
                @Parameter(
                        name = "tag",
                        in = ParameterIn.QUERY,
                        description =
                                "Only ips that have this tag, or whose client has; may be given"
                                        + " several times, for any of them."),
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
            description = "The ips.",
            content = @Content(array = @ArraySchema(schema = @Schema(implementation = Ip.class))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    MutableHttpResponse<InputStream> list(HttpRequest<?> request) {
        Query query = Query.of(request, LIST_PARAMETERS);
        Format format = Format.of(request, query);
        List<String> clients = query.texts("client", ClientName::check);
        List<String> tags = query.texts("tag", TagName::check);
        String search = query.text("search").orElse(null);
        OptionalInt limit = query.limit(LONGEST_PAGE);
        OptionalLong after =
                query.cursor(IpsController::id).map(OptionalLong::of).orElse(OptionalLong.empty());
        return answers.page(
                request,
                () ->
                        Page.of(
                                limit,
                                fetch -> store.list(clients, search, tags, after, fetch),
                                last -> Long.toString(last.id())),
                ColumnEncoders.of(format, COLUMNS),
                format,
                Map.of());
    }

    @Operation(summary = "One ip")
    @Get("/{id}")
    Ip get(@PathVariable String id) {
        return find(id).toIp();
    }

    @Operation(
            summary = "Change what people call an ip",
            description =
                    "Replaces the name; null takes it away. The address, family and client of an ip"
                            + " cannot change, because its history belongs to them.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewIp.class)))
    @Put("/{id}")
    Ip put(@PathVariable String id, @Body byte @Nullable [] body) {
        JsonObject given = JsonBody.object(body, "{\"name\":\"router\"}");
        IpRow row = find(id);
        if (!given.has("name")) {
            throw given.fault("name", "'name' is missing; give the new name, or null for none");
        }
        String name = given.optional("name", TargetsText::checkName);
        checkUnchanged(given, row);
        repository.rename(row.id(), name);
        return find(id).toIp();
    }

    @Operation(
            summary = "Take an ip off the list",
            description =
                    "Its history stays and is back when it is registered again. An ip of its"
                            + " client's plan is taken off that as well. One that a tag's plan or"
                            + " its client's own list names answers 409 and where to remove it.")
    @ApiResponse(responseCode = "204", description = "It is off the list.")
    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        IpRow row = find(id);
        Ip ip = row.toIp();
        boolean wasPlanned = ip.source() == Source.PLAN;
        if (wasPlanned) {
            planned.remove(ip);
        }
        if (repository.unlist(row.id(), wasPlanned) == 0) {
            throw Fault.of(
                    HttpStatus.CONFLICT,
                    "Client '"
                            + row.client()
                            + "' pings "
                            + row.ip()
                            + " because its own list says so; remove it from that client's targets"
                            + " file or arguments. If that client is gone for good, release the ip"
                            + " first: POST /ips with this ip, client and \"source\":\"post\".");
        }
    }

    private static void checkUnchanged(JsonObject given, IpRow row) {
        String client = given.optional("client", ClientName::check);
        String ip = given.optional("ip", text -> Address.parse(text).text());
        Family family = given.optional("family", Family::parse);
        if ((client != null && !client.equals(row.client()))
                || (ip != null && !ip.equals(row.ip()))
                || (given.has("family") && family != row.toIp().family())) {
            throw Fault.of(
                    HttpStatus.CONFLICT,
                    "The address, family and client of an ip cannot change, because its history"
                        + " belongs to them; register the new one with POST /ips and delete this"
                        + " one.");
        }
    }

    private IpRow find(String id) {
        Optional<IpRow> row;
        try {
            row = repository.findByIdAndListedTrue(id(id));
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("id", "'id': " + e.getMessage() + ".");
        }
        return row.orElseThrow(
                () ->
                        Fault.of(
                                HttpStatus.NOT_FOUND,
                                "There is no ip " + id + "; GET /ips lists them."));
    }

    private static long id(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("give the number that GET /ips shows");
        }
        return Long.parseLong(text);
    }
}
