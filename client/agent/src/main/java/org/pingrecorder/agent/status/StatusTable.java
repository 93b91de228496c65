package org.pingrecorder.agent.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.table.TextTable;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.RecordedPing;

/** Counts what the recorder holds, per client and ip. For one thread. */
final class StatusTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final int AFTER_LOST = 7;

    private record Key(String client, String ip) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byClient = client.compareTo(other.client);
            return byClient != 0 ? byClient : ip.compareTo(other.ip);
        }
    }

    private static final class Row {
        private String name = "";
        private long received;
        private long late;
        private long lost;
        private long cutOff;
        private long notSent;
        private @Nullable RecordedPing last;
    }

    private final Map<Key, Row> rows = new TreeMap<>();

    StatusTable(List<Ip> ips) {
        for (Ip ip : ips) {
            row(ip.client(), PingedIp.key(ip.ip(), ip.family())).name =
                    ip.name() == null ? "" : ip.name();
        }
    }

    void add(RecordedPing ping) {
        Row row = row(ping.client(), PingedIp.key(ping.ip(), ping.family()));
        Outcome outcome = Outcome.ofText(ping.outcome()).orElse(Outcome.MISSED);
        switch (outcome.counts()) {
            case RECEIVED -> row.received++;
            case LATE -> row.late++;
            case LOST -> {
                if (Boolean.TRUE.equals(ping.cutOff())) {
                    row.cutOff++;
                } else {
                    row.lost++;
                }
            }
            case NOT_SENT -> row.notSent++;
        }
        if (row.last == null || !ping.at().isBefore(row.last.at())) {
            row.last = ping;
        }
    }

    private Row row(String client, String ip) {
        return rows.computeIfAbsent(new Key(client, ip), _ -> new Row());
    }

    String text() {
        // Few clients ever are, and the table is as wide as a terminal without it.
        boolean isCutOff = rows.values().stream().anyMatch(row -> row.cutOff > 0);
        TextTable table =
                new TextTable(
                        3,
                        cells(
                                isCutOff ? "cut off" : null,
                                "client",
                                "ip",
                                "name",
                                "sent",
                                "received",
                                "late",
                                "lost",
                                "unsent",
                                "loss%",
                                "last",
                                "at (UTC)"));
        rows.forEach(
                (key, row) -> {
                    long sent = row.received + row.late + row.lost;
                    table.row(
                            cells(
                                    isCutOff ? String.valueOf(row.cutOff) : null,
                                    key.client(),
                                    key.ip(),
                                    row.name,
                                    String.valueOf(sent),
                                    String.valueOf(row.received),
                                    String.valueOf(row.late),
                                    String.valueOf(row.lost),
                                    String.valueOf(row.notSent),
                                    sent == 0 ? "-" : format("%.1f", 100.0 * row.lost / sent),
                                    row.last == null ? "-" : last(row.last),
                                    row.last == null ? "-" : time(row.last.at())));
                });
        return table.text();
    }

    /** The cells of a line, with this one after what was lost if it is shown. */
    private static String[] cells(@Nullable String cutOff, String... others) {
        List<String> cells = new ArrayList<>(List.of(others));
        if (cutOff != null) {
            cells.add(AFTER_LOST, cutOff);
        }
        return cells.toArray(String[]::new);
    }

    private static String last(RecordedPing ping) {
        return ping.latencyMs() == null ? ping.outcome() : format("%.3f ms", ping.latencyMs());
    }

    static String dayAndTime(Instant at) {
        return DAY_AND_TIME.format(at);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
