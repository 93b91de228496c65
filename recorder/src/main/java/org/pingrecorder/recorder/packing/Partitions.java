package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pingrecorder.recorder.samples.Hours;

/**
 * The partitions of {@code block}, by week, and of {@code rollup} and {@code host_hour}, by month;
 * all in UTC.
 */
public enum Partitions {
    BLOCKS("block", ChronoUnit.WEEKS, "uuuuMMdd"),
    ROLLUPS("rollup", ChronoUnit.MONTHS, "uuuuMM"),
    HOST_HOURS("host_hour", ChronoUnit.MONTHS, "uuuuMM");

    /**
     * A day's row of {@code rollup} is written anew each hour: what it was before is room again
     * long before a fifth of the month's rows have gone that way.
     */
    private static final String UPKEEP =
            "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000";

    /** Any number; recorders that make partitions wait for each other by it. */
    private static final long LOCK = 0x70617274L;

    /**
     * A look at the catalogue as it is now: {@code to_regclass} would tell what this session
     * remembers from before it waited for the lock.
     */
    private static final String EXISTS =
            """
            SELECT EXISTS (
                SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = ?::regclass AND c.relname = ?)
            """;

    private static final String LIST =
            """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = ?::regclass ORDER BY c.relname
            """;

    final String table;
    private final ChronoUnit span;
    private final DateTimeFormatter suffix;

    Partitions(String table, ChronoUnit span, String suffix) {
        this.table = table;
        this.span = span;
        this.suffix = DateTimeFormatter.ofPattern(suffix, Locale.ROOT);
    }

    private LocalDate start(LocalDate day) {
        return span == ChronoUnit.WEEKS
                ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                : day.withDayOfMonth(1);
    }

    private LocalDate end(LocalDate start) {
        return start.plus(1, span);
    }

    /** The name of the partition of a time. */
    String name(long atMicros) {
        return table + "_" + suffix.format(start(day(atMicros)));
    }

    private static LocalDate day(long atMicros) {
        return Hours.instant(atMicros).atZone(ZoneOffset.UTC).toLocalDate();
    }

    /**
     * Makes the partition of a time, if it is not there.
     *
     * @param connection in a transaction of its own, which the caller commits
     */
    public void ensure(Connection connection, long atMicros) throws SQLException {
        if (!exists(connection, name(atMicros))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            }
            make(connection, atMicros);
        }
    }

    private void make(Connection connection, long atMicros) throws SQLException {
        LocalDate start = start(day(atMicros));
        String name = name(atMicros);
        if (exists(connection, name)) {
            return; // another recorder made it meanwhile
        }
        try (Statement statement = connection.createStatement()) {
            // Attaching waits for no reader; CREATE TABLE … PARTITION OF would wait for all.
            statement.execute(
                    "CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING STORAGE) WITH (%s)"
                            .formatted(name, table, UPKEEP));
            statement.execute(
                    "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s+00') TO ('%s+00')"
                            .formatted(table, name, midnight(start), midnight(end(start))));
        }
    }

    private static String midnight(LocalDate day) {
        return day + " 00:00:00";
    }

    private boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            statement.setString(1, table);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Names of those that end at or before a time, the oldest first. */
    List<String> endedBy(Connection connection, long atMicros) throws SQLException {
        List<String> ended = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (!endMicrosIsAfter(name, atMicros)) {
                        ended.add(name);
                    }
                }
            }
        }
        return ended;
    }

    private boolean endMicrosIsAfter(String name, long atMicros) {
        String digits = name.substring(table.length() + 1);
        LocalDate start =
                LocalDate.parse((digits + "01").substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        long end = Hours.micros(end(start).atStartOfDay().toInstant(ZoneOffset.UTC));
        return end > atMicros;
    }
}
