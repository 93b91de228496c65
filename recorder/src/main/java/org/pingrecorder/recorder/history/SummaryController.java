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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.history.SummaryStore.Listed;
import org.pingrecorder.recorder.http.Answers;
import org.pingrecorder.recorder.http.Column;
import org.pingrecorder.recorder.http.ColumnEncoders;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Format;
import org.pingrecorder.recorder.http.Page;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Hours;

/** {@code /summary}: what every ip is now. */
@Tag(name = "history")
@Controller("/summary")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SummaryController {

    private static final int LONGEST_PAGE = 100_000;
    private static final int MOST_POINTS = 200;
    private static final Set<String> PARAMETERS =
            Set.of(
                    "ip", "family", "client", "tag", "state", "search", "sort", "start", "end",
                    "group", "spark", "limit", "cursor", "format");

    private static final List<Column<SummaryRow>> COLUMNS =
            List.of(
                    new Column<>("client", SummaryRow::client),
                    new Column<>("ip", SummaryRow::ip),
                    new Column<>("family", SummaryRow::family, true),
                    new Column<>("name", SummaryRow::name),
                    new Column<>("state", SummaryRow::state),
                    new Column<>("state_since", SummaryRow::stateSince),
                    new Column<>("attempts", SummaryRow::attempts),
                    new Column<>("received", SummaryRow::received),
                    new Column<>("lost", SummaryRow::lost),
                    new Column<>("late", SummaryRow::late),
                    new Column<>("not_sent", SummaryRow::notSent),
                    new Column<>("cut_off", SummaryRow::cutOff),
                    new Column<>("pass_percent", SummaryRow::passPercent),
                    new Column<>("fail_percent", SummaryRow::failPercent),
                    new Column<>("disconnected_ms", SummaryRow::disconnectedMs),
                    new Column<>("last_at", SummaryRow::lastAt),
                    new Column<>("last_outcome", SummaryRow::lastOutcome),
                    new Column<>("last_latency_ms", SummaryRow::lastLatencyMs),
                    new Column<>("spark", SummaryRow::spark, true));

    private static final Set<String> COUNTED =
            Set.of(
                    "attempts",
                    "received",
                    "lost",
                    "late",
                    "not_sent",
                    "cut_off",
                    "pass_percent",
                    "fail_percent",
                    "spark");

    private static final List<Column<SummaryGroup>> GROUP_COLUMNS =
            List.of(
                    new Column<>("client", SummaryGroup::client, true),
                    new Column<>("ip", SummaryGroup::ip, true),
                    new Column<>("ips", SummaryGroup::ips),
                    new Column<>("up", SummaryGroup::up),
                    new Column<>("down", SummaryGroup::down),
                    new Column<>("late", SummaryGroup::late),
                    new Column<>("unknown", SummaryGroup::unknown),
                    new Column<>("paused", SummaryGroup::paused),
                    new Column<>("attempts", SummaryGroup::attempts),
                    new Column<>("received", SummaryGroup::received),
                    new Column<>("lost", SummaryGroup::lost),
                    new Column<>("late_replies", SummaryGroup::lateReplies),
                    new Column<>("not_sent", SummaryGroup::notSent),
                    new Column<>("cut_off", SummaryGroup::cutOff),
                    new Column<>("pass_percent", SummaryGroup::passPercent),
                    new Column<>("fail_percent", SummaryGroup::failPercent),
                    new Column<>("disconnected_ms", SummaryGroup::disconnectedMs),
                    new Column<>("last_at", SummaryGroup::lastAt));

    private static final Comparator<SummaryRow> IN_ORDER = Comparator.comparing(SummaryPlace::of);

    private final SummaryStore store;
    private final InstantSource clock;
    private final Answers answers;

    SummaryController(SummaryStore store, InstantSource clock, Answers answers) {
        this.store = store;
        this.clock = clock;
        this.answers = answers;
    }

    @Operation(
            summary = "What every ip on the list is, and its pings of a window in numbers",
            description =
                    "By client and ip, unless sort says else. State, last ping and disconnected"
                        + " time are right within a second of what was delivered; counts are of the"
                        + " window, the last hour by default. fail_percent is what pass_percent"
                        + " leaves: lost and late.",
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
                        name = "tag",
                        in = ParameterIn.QUERY,
                        description =
                                "Only ips that have this tag, or whose client has; may be given"
                                        + " several times, for any of them."),
                @Parameter(
                        name = "state",
                        in = ParameterIn.QUERY,
                        description =
                                "Only in this state: up, down, late, unknown or paused; may be"
                                        + " given several times."),
                @Parameter(
                        name = "search",
                        in = ParameterIn.QUERY,
                        description = "Part of the address or name, in any case."),
                @Parameter(
                        name = "sort",
                        in = ParameterIn.QUERY,
                        description =
                                "Any column of the answer, with a - before it for the largest"
                                        + " first; nulls are last. By what is counted of the window"
                                        + " it costs as much as all ips do, whatever the limit."),
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
                        name = "group",
                        in = ParameterIn.QUERY,
                        description =
                                "client or ip: a row for each client, or for each ip as all"
                                        + " clients see it, with how many are in which state."),
                @Parameter(
                        name = "spark",
                        in = ParameterIn.QUERY,
                        description =
                                "How many mean latencies, 1 to 200, a sparkline has; at most one an"
                                        + " hour where the window is longer than 6 hours.",
                        schema = @Schema(type = "integer")),
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
            description = "The ips; with group, the groups.",
            content =
                    @Content(
                            array =
                                    @ArraySchema(
                                            schema =
                                                    @Schema(
                                                            oneOf = {
                                                                SummaryRow.class,
                                                                SummaryGroup.class
                                                            }))))
    @Get(produces = {"application/json", "application/x-ndjson", "text/csv"})
    HttpResponse<InputStream> summary(HttpRequest<?> request) {
        Query query = Query.of(request, PARAMETERS);
        Format format = Format.of(request, query);
        Optional<SummaryGroup.By> group = query.value("group", SummaryGroup.By::parse);
        OptionalInt spark = query.number("spark", MOST_POINTS);
        if (group.isPresent() && spark.isPresent()) {
            throw Fault.badRequest("spark", "Sparklines are of single ips; leave 'group' out.");
        }
        Wanted wanted =
                new Wanted(
                        Filter.of(query, clock.instant()),
                        query.texts("state", SummaryController::state),
                        query.text("search").map(text -> text.toLowerCase(Locale.ROOT)),
                        spark.orElse(0));
        OptionalInt limit = query.limit(LONGEST_PAGE);
        Optional<String> sort = query.text("sort");
        if (group.isEmpty() && sort.isEmpty()) {
            Optional<SummaryPlace> after = query.cursor(SummaryPlace::ofCursor);
            return answer(request, format, wanted, COLUMNS, () -> page(wanted, after, limit));
        }
        int from = query.cursor(SummaryController::offset).orElse(0);
        if (group.isPresent()) {
            Optional<Comparator<SummaryGroup>> order =
                    query.value("sort", text -> Sorting.by(text, GROUP_COLUMNS));
            return answer(
                    request,
                    format,
                    wanted,
                    GROUP_COLUMNS,
                    () -> {
                        List<SummaryGroup> all =
                                SummaryGroup.of(
                                        group.get(), rows(wanted, UnaryOperator.identity()));
                        order.ifPresent(all::sort);
                        return page(all, from, limit);
                    });
        }
        Comparator<SummaryRow> order =
                query.value("sort", text -> Sorting.by(text, COLUMNS))
                        .map(first -> first.thenComparing(IN_ORDER))
                        .orElse(IN_ORDER);
        boolean isCounted = sort.map(SummaryController::isCounted).orElse(false);
        return answer(
                request,
                format,
                wanted,
                COLUMNS,
                () ->
                        isCounted
                                ? page(
                                        rows(wanted, UnaryOperator.identity()).stream()
                                                .sorted(order)
                                                .toList(),
                                        from,
                                        limit)
                                : page(wanted, order, from, limit));
    }

    /** Whether it is of a column that is known only when the window's pings are counted. */
    private static boolean isCounted(String sort) {
        return COUNTED.contains(sort.startsWith("-") ? sort.substring(1) : sort);
    }

    /** Which ips are asked for, and how much of them. */
    private record Wanted(
            Filter filter, List<String> states, Optional<String> search, int sparkPoints) {

        boolean contains(SummaryRow row) {
            return (states.isEmpty() || states.contains(row.state()))
                    && (search.isEmpty()
                            || isIn(search.get(), row.ip())
                            || isIn(search.get(), row.name()));
        }

        private static boolean isIn(String part, @Nullable String text) {
            return text != null && text.toLowerCase(Locale.ROOT).contains(part);
        }
    }

    private <T> HttpResponse<InputStream> answer(
            HttpRequest<?> request,
            Format format,
            Wanted wanted,
            List<Column<T>> columns,
            Supplier<Page<T>> page) {
        return answers.page(
                request,
                page,
                ColumnEncoders.of(format, columns),
                format,
                Map.of(
                        "start", wanted.filter().window().start().toString(),
                        "end", wanted.filter().window().end().toString()));
    }

    private List<SummaryRow> rows(Wanted wanted, UnaryOperator<List<Listed>> arranged) {
        return store.find(
                wanted.filter(),
                all ->
                        arranged.apply(
                                all.stream().filter(row -> wanted.contains(row.row())).toList()),
                wanted.sparkPoints(),
                Hours.micros(clock.instant()));
    }

    /** By client and ip: each ip comes once, whatever comes and goes between two pages. */
    private Page<SummaryRow> page(Wanted wanted, Optional<SummaryPlace> after, OptionalInt limit) {
        int length = limit.orElse(LONGEST_PAGE);
        AtomicReference<Optional<String>> next = new AtomicReference<>(Optional.empty());
        List<SummaryRow> rows =
                rows(
                        wanted,
                        all -> {
                            List<Listed> left =
                                    all.stream()
                                            .filter(row -> isAfter(row.row(), after))
                                            .sorted(Comparator.comparing(Listed::row, IN_ORDER))
                                            .toList();
                            if (left.size() <= length) {
                                return left;
                            }
                            SummaryRow last = left.get(length - 1).row();
                            next.set(Optional.of(SummaryPlace.of(last).cursor()));
                            return left.subList(0, length);
                        });
        return new Page<>(Rows.of(rows), next.get());
    }

    private static boolean isAfter(SummaryRow row, Optional<SummaryPlace> place) {
        return place.isEmpty() || SummaryPlace.of(row).compareTo(place.get()) > 0;
    }

    /** In an order that is known beforehand: what is on no page need not be counted. */
    private Page<SummaryRow> page(
            Wanted wanted, Comparator<SummaryRow> order, int from, OptionalInt limit) {
        int length = limit.orElse(LONGEST_PAGE);
        AtomicBoolean hasMore = new AtomicBoolean();
        List<SummaryRow> rows =
                rows(
                        wanted,
                        all -> {
                            hasMore.set(all.size() - from > length);
                            return all.stream()
                                    .sorted(Comparator.comparing(Listed::row, order))
                                    .skip(from)
                                    .limit(length)
                                    .toList();
                        });
        return new Page<>(
                Rows.of(rows),
                hasMore.get() ? Optional.of(Integer.toString(from + length)) : Optional.empty());
    }

    private static <T> Page<T> page(List<T> all, int from, OptionalInt limit) {
        int start = Math.min(from, all.size());
        int end = Math.min(all.size(), start + limit.orElse(LONGEST_PAGE));
        return new Page<>(
                Rows.of(all.subList(start, end)),
                end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty());
    }

    private static int offset(String cursor) {
        if (!cursor.matches("[0-9]{1,9}")) {
            throw CursorText.unknown(null);
        }
        return Integer.parseInt(cursor);
    }

    private static String state(String text) {
        for (State state : State.values()) {
            if (state.text().equals(text)) {
                return text;
            }
        }
        throw new IllegalArgumentException("give up, down, late, unknown or paused");
    }
}
