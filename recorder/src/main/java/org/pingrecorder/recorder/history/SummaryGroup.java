package org.pingrecorder.recorder.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.State;

/**
 * One line of {@code GET /summary?group=…}: the ips of one client, or one ip as all clients see it.
 *
 * @param client the client; absent where the group is an ip
 * @param ip the ip; absent where the group is a client
 * @param ips how many are in the group
 * @param up how many of them are
 * @param down how many of them are
 * @param late how many of them are
 * @param unknown how many of them are
 * @param paused how many of them are
 * @param attempts pings that were sent
 * @param received replies before the timeout
 * @param lost pings without a reply
 * @param lateReplies replies after the timeout
 * @param notSent pings that never left
 * @param cutOff pings without a reply while the client was cut off from the network; in none of the
 *     others
 * @param passPercent received of sent
 * @param failPercent all else of sent
 * @param disconnectedMs outages of all of them together
 * @param lastAt time of the newest ping
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record SummaryGroup(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String client,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ip,
        long ips,
        long up,
        long down,
        long late,
        long unknown,
        long paused,
        long attempts,
        long received,
        long lost,
        long lateReplies,
        long notSent,
        long cutOff,
        @Nullable Double passPercent,
        @Nullable Double failPercent,
        double disconnectedMs,
        @Nullable Instant lastAt) {

    /** What ips are grouped by. */
    enum By {
        CLIENT,
        IP;

        static By parse(String text) {
            return switch (text) {
                case "client" -> CLIENT;
                case "ip" -> IP;
                default -> throw new IllegalArgumentException("give client or ip");
            };
        }
    }

    /** Groups rows, in the order of their names; the list may be sorted. */
    static List<SummaryGroup> of(By by, List<SummaryRow> rows) {
        TreeMap<String, List<SummaryRow>> groups = new TreeMap<>();
        for (SummaryRow row : rows) {
            groups.computeIfAbsent(
                            by == By.CLIENT ? row.client() : row.ip(), n -> new ArrayList<>())
                    .add(row);
        }
        return groups.entrySet().stream()
                .map(group -> of(by, group.getKey(), group.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static SummaryGroup of(By by, String name, List<SummaryRow> rows) {
        long attempts = sum(rows, SummaryRow::attempts);
        long received = sum(rows, SummaryRow::received);
        return new SummaryGroup(
                by == By.CLIENT ? name : null,
                by == By.IP ? name : null,
                rows.size(),
                count(rows, State.UP),
                count(rows, State.DOWN),
                count(rows, State.LATE),
                count(rows, State.UNKNOWN),
                count(rows, State.PAUSED),
                attempts,
                received,
                sum(rows, SummaryRow::lost),
                sum(rows, SummaryRow::late),
                sum(rows, SummaryRow::notSent),
                sum(rows, SummaryRow::cutOff),
                Figures.percent(received, attempts),
                Figures.percent(attempts - received, attempts),
                rows.stream().mapToDouble(SummaryRow::disconnectedMs).sum(),
                rows.stream()
                        .map(SummaryRow::lastAt)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null));
    }

    private static long sum(List<SummaryRow> rows, ToLongFunction<SummaryRow> value) {
        return rows.stream().mapToLong(value).sum();
    }

    private static long count(List<SummaryRow> rows, State state) {
        return rows.stream().filter(row -> row.state().equals(state.text())).count();
    }
}
