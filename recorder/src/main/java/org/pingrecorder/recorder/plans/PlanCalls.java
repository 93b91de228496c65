package org.pingrecorder.recorder.plans;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.http.Turns;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;

/** The calls that plans of clients and of tags have in common. Thread-safe. */
@Singleton
final class PlanCalls {

    static final String TEXT = "text/plain";

    private static final int LONGEST_BYTES = 16 << 20;
    private static final int LONG_BYTES = 1 << 20;
    private static final int MOST_AT_ONCE = 10_000;
    private static final int MOST_LONG_BODIES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<String> NO_PARAMETERS = Set.of();
    private static final Set<String> IMPORT_PARAMETERS = Set.of("replace", "dry_run");
    private static final Set<String> REMOVE_PARAMETERS = Set.of("ip", "family");

    private static final List<String> FIELDS =
            List.of(
                    "targets",
                    "interval_ms",
                    "timeout_ms",
                    "metrics_interval_ms",
                    "paused",
                    "revision");

    /** What {@link PlanJson} answers besides. */
    private static final List<String> ANSWERED =
            List.of(
                    "client",
                    "tag",
                    "clients",
                    "wanted_revision",
                    "acknowledged_revision",
                    "acknowledged_at",
                    "problems",
                    "effective",
                    "tag_targets",
                    "client_targets");

    private final PlanStore store;
    private final PlanReads reads;
    private final Answers answers;

    /** What is read of a long body takes several times its length. */
    private final Turns longBodies =
            new Turns(
                    MOST_LONG_BODIES,
                    PATIENCE,
                    "Other long plans are being stored; send the same again later.");

    PlanCalls(PlanStore store, PlanReads reads, Answers answers) {
        this.store = store;
        this.reads = reads;
        this.answers = answers;
    }

    MutableHttpResponse<InputStream> get(HttpRequest<?> request, PlanOwner owner) {
        Query.of(request, NO_PARAMETERS);
        PlanReads.Head head = reads.head(owner);
        return answers.page(
                        request,
                        () -> Page.all(reads.targets(owner)),
                        new PlanJson(owner, head),
                        Format.JSON,
                        Map.of())
                .header(HttpHeaders.ETAG, tag(head.revision()));
    }

    HttpResponse<PlanChange> put(HttpRequest<?> request, PlanOwner owner, byte @Nullable [] body) {
        Query.of(request, NO_PARAMETERS);
        return inTurn(
                body,
                () -> {
                    TargetBody targets = new TargetBody();
                    JsonObject given = read(body, targets);
                    if (!given.has("targets")) {
                        throw given.fault(
                                "targets",
                                "'targets' is missing; give all of them, or use PATCH to change"
                                        + " only what you give");
                    }
                    PlanSettings settings = PlanSettings.read(given);
                    OptionalLong expected = expected(request, given);
                    return answer(
                            store.change(
                                    owner,
                                    PlanEdit.ofAll(
                                            expected, before -> settings, targets.targets())));
                });
    }

    HttpResponse<PlanChange> patch(
            HttpRequest<?> request, PlanOwner owner, byte @Nullable [] body) {
        Query.of(request, NO_PARAMETERS);
        return inTurn(
                body,
                () -> {
                    TargetBody targets = new TargetBody();
                    JsonObject given = read(body, targets);
                    PlanSettings settings = PlanSettings.read(given);
                    OptionalLong expected = expected(request, given);
                    return answer(
                            store.change(
                                    owner,
                                    given.has("targets")
                                            ? PlanEdit.ofAll(
                                                    expected,
                                                    before -> before.changed(given, settings),
                                                    targets.targets())
                                            : PlanEdit.ofSettings(
                                                    expected,
                                                    before -> before.changed(given, settings))));
                });
    }

    HttpResponse<PlanChange> add(HttpRequest<?> request, PlanOwner owner, byte @Nullable [] body) {
        Query.of(request, NO_PARAMETERS);
        TargetBody targets = new TargetBody();
        JsonBody.oneOrMany(body, MOST_AT_ONCE).objects().forEach(targets::add);
        return answer(
                store.change(
                        owner,
                        PlanEdit.ofTargets(
                                expected(request),
                                (connection, own) ->
                                        TargetTable.put(
                                                connection, own, targets.targets(), false))));
    }

    HttpResponse<PlanChange> remove(HttpRequest<?> request, PlanOwner owner) {
        Query query = Query.of(request, REMOVE_PARAMETERS);
        Family family = query.value("family", Family::parse).orElse(null);
        IpKey key =
                query.value("ip", text -> IpKey.of(Address.parse(text).text(), family))
                        .orElseThrow(
                                () ->
                                        Fault.badRequest(
                                                "ip", "'ip' is missing; say which one to remove."));
        return answer(
                store.change(
                        owner,
                        PlanEdit.ofTargets(
                                expected(request),
                                (connection, own) -> {
                                    TargetTable.Difference gone =
                                            TargetTable.remove(connection, own, key);
                                    if (gone.removed() == 0) {
                                        throw Fault.of(
                                                HttpStatus.NOT_FOUND,
                                                "This plan does not name %s; GET %s lists what it names."
                                                        .formatted(key.ip(), own.path()));
                                    }
                                    return gone;
                                })));
    }

    HttpResponse<PlanChange> importText(
            HttpRequest<?> request, PlanOwner owner, byte @Nullable [] body) {
        Query query = Query.of(request, IMPORT_PARAMETERS);
        boolean replaces = isSet(query, "replace");
        boolean isTrial = isSet(query, "dry_run");
        return inTurn(
                body,
                () -> {
                    PlanText text = PlanText.read(body == null ? new byte[0] : body);
                    if (replaces && text.targets().isEmpty() && !text.faults().isEmpty()) {
                        throw Fault.badRequest(
                                "line " + text.faults().getFirst().line(),
                                "No line can be read, so nothing was replaced: "
                                        + text.faults().getFirst().message()
                                        + ".");
                    }
                    PlanEdit edit =
                            PlanEdit.ofTargets(
                                    expected(request),
                                    (connection, own) ->
                                            TargetTable.put(
                                                    connection, own, text.targets(), replaces));
                    return answer(store.change(owner, edit.asTrial(isTrial)).with(text));
                });
    }

    void delete(HttpRequest<?> request, PlanOwner owner) {
        Query.of(request, NO_PARAMETERS);
        store.delete(owner, expected(request));
    }

    MutableHttpResponse<InputStream> export(HttpRequest<?> request, PlanOwner owner) {
        Query.of(request, NO_PARAMETERS);
        PlanReads.Head head = reads.head(owner);
        return answers.page(
                        request,
                        () -> Page.all(reads.ownTargets(owner)),
                        new PlanLines(),
                        Format.JSON,
                        Map.of())
                .contentType(TEXT + ";charset=utf-8")
                .header(HttpHeaders.ETAG, tag(head.revision()));
    }

    private static JsonObject read(byte @Nullable [] body, TargetBody targets) {
        return JsonBody.object(
                        body,
                        LONGEST_BYTES,
                        new JsonBody.Elements("targets", PlanStore.MOST_TARGETS, targets::add))
                .only(FIELDS, ANSWERED);
    }

    private static HttpResponse<PlanChange> answer(PlanChange change) {
        return HttpResponse.ok(change).header(HttpHeaders.ETAG, tag(change.revision()));
    }

    /** A revision as the headers have it. */
    static String tag(long revision) {
        return '"' + Long.toString(revision) + '"';
    }

    private static OptionalLong expected(HttpRequest<?> request, JsonObject given) {
        Long revision = given.whole("revision", 0, Long.MAX_VALUE);
        OptionalLong header = expected(request);
        return header.isPresent() || revision == null ? header : OptionalLong.of(revision);
    }

    private static OptionalLong expected(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.IF_MATCH);
        if (header == null || header.equals("*")) {
            return OptionalLong.empty();
        }
        if (!header.matches("\"[0-9]{1,18}\"")) {
            throw Fault.badRequest(
                    "If-Match", "Give the ETag that GET answered, such as \"42\" with its quotes.");
        }
        return OptionalLong.of(Long.parseLong(header.substring(1, header.length() - 1)));
    }

    private static boolean isSet(Query query, String name) {
        return query.value(name, PlanCalls::truth).orElse(false);
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("give true or false");
        };
    }

    private <T> T inTurn(byte @Nullable [] body, Supplier<T> work) {
        if (body == null || body.length <= LONG_BYTES) {
            return work.get();
        }
        return longBodies.take(work);
    }
}
