package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Rows of one of the tables of packed pings, by ip id and time. */
final class PackedRows {

    private static final String BLOCKS =
            """
            SELECT ip_id, hour AS at, pings,
                   CASE WHEN pings <= ? THEN payload END AS payload
            FROM block
            WHERE client = ? AND ip_id = ANY (?) AND hour >= ? AND hour < ?
            ORDER BY ip_id, hour
            """;

    private static final String BLOCKS_OF_HOURS =
            """
            SELECT ip_id, hour AS at, pings,
                   CASE WHEN pings <= ? THEN payload END AS payload
            FROM block
            WHERE client = ? AND ip_id = ANY (?) AND hour >= ? AND hour < ? AND hour = ANY (?)
            ORDER BY ip_id, hour
            """;

    private static final String FRESH =
            """
            SELECT ip_id, slice AS at, pings,
                   CASE WHEN pings <= ? THEN payload END AS payload
            FROM fresh
            WHERE client = ? AND ip_id = ANY (?) AND slice >= ? AND slice < ?
            ORDER BY ip_id, slice
            """;

    private static final int FETCH_ROWS = 64;

    /** Pings of a row that are decoded together: fresh rows have them by the dozen. */
    private static final int ENOUGH = 1_000;

    /** Rows of so many hours are sorted at a time at most, with their payloads. */
    private static final long HOURS_AT_ONCE = 512;

    private final Connection connection;
    private final String sql;
    private final SampleSpan span;
    private final Object @Nullable [] hours;
    private final Long[] ipIds;
    private final long startMicros;
    private final int idsAtOnce;
    private final int mostPings;

    private int nextId;
    private @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;
    private @Nullable Place place;

    /** What is left of the next row's payload; null before any of it is taken. */
    private @Nullable BitReader rest;

    private PackedRows(
            Connection connection,
            String sql,
            SampleSpan span,
            long rowMicros,
            Object @Nullable [] hours,
            int mostPings)
            throws SQLException {
        this.connection = connection;
        this.sql = sql;
        this.span = span;
        this.hours = hours;
        this.mostPings = mostPings;
        this.ipIds = span.ipIds().toArray(new Long[0]);
        this.startMicros = Hours.floor(span.startMicros(), rowMicros);
        long windowHours = (span.endMicros() - startMicros) / Hours.HOUR_MICROS + 1;
        this.idsAtOnce = (int) Math.max(1, HOURS_AT_ONCE / Math.max(1, windowHours));
        advance();
    }

    /** All blocks; of one with more pings than that, no ping. */
    static PackedRows blocks(Connection connection, SampleSpan span, int mostPings)
            throws SQLException {
        return new PackedRows(connection, BLOCKS, span, Hours.HOUR_MICROS, null, mostPings);
    }

    /** Blocks of some of the span's hours alone. */
    static PackedRows blocks(Connection connection, SampleSpan span, SortedSet<Long> hours)
            throws SQLException {
        Object[] wanted = hours.stream().map(Hours::parameter).toArray();
        return new PackedRows(
                connection, BLOCKS_OF_HOURS, span, Hours.HOUR_MICROS, wanted, Integer.MAX_VALUE);
    }

    /** All fresh rows; of one with more pings than that, no ping. */
    static PackedRows fresh(Connection connection, SampleSpan span, int mostPings)
            throws SQLException {
        return new PackedRows(connection, FRESH, span, Hours.SLICE_MICROS, null, mostPings);
    }

    private void advance() throws SQLException {
        rest = null;
        while (true) {
            ResultSet open = rows;
            if (open != null && open.next()) {
                place =
                        new Place(
                                open.getLong("ip_id"),
                                Hours.floor(Hours.column(open, "at"), Hours.HOUR_MICROS));
                return;
            }
            if (nextId == ipIds.length) {
                place = null;
                return;
            }
            int end = Math.min(ipIds.length, nextId + idsAtOnce);
            query(Arrays.copyOfRange(ipIds, nextId, end));
            nextId = end;
        }
    }

    private void query(Long[] ids) throws SQLException {
        close();
        PreparedStatement query = connection.prepareStatement(sql);
        statement = query;
        query.setFetchSize(FETCH_ROWS);
        query.setInt(1, mostPings);
        query.setString(2, span.client());
        query.setArray(3, connection.createArrayOf("int8", ids));
        query.setObject(4, Hours.parameter(startMicros));
        query.setObject(5, Hours.parameter(span.endMicros()));
        if (hours != null) {
            query.setArray(6, connection.createArrayOf("timestamptz", hours));
        }
        rows = query.executeQuery();
    }

    /** Of the next row; null after the last. */
    @Nullable Place place() {
        return place;
    }

    /**
     * Adds the next of what was encoded at once, and what follows in its row until these are enough
     * to be worth a look, if it is of a place; returns whether it was. A row may hold very many, so
     * that not all of them need be in memory.
     */
    boolean takePart(Place wanted, Samples into) throws SQLException {
        ResultSet open = rows;
        if (open == null || !wanted.equals(place)) {
            return false;
        }
        BitReader left = rest;
        if (left == null) {
            byte[] payload = open.getBytes("payload");
            left = new BitReader(payload, 0, payload.length);
            rest = left;
        }
        while (!left.isAtEnd() && into.size() < ENOUGH) {
            SampleCodec.decodeOne(left, into);
        }
        if (left.isAtEnd()) {
            advance();
        }
        return true;
    }

    /**
     * Adds all that is stored of a place.
     *
     * @return false if with these there were more pings than may be; some are not there then
     */
    boolean take(Place wanted, Samples into) throws SQLException {
        boolean fits = true;
        for (ResultSet open = rows; open != null && wanted.equals(place); open = rows) {
            if (open.getInt("pings") > mostPings - into.size()) {
                fits = false;
                advance();
            } else {
                byte[] payload = open.getBytes("payload");
                SampleCodec.decode(payload, 0, payload.length, into);
                advance();
            }
        }
        return fits;
    }

    void close() throws SQLException {
        PreparedStatement open = statement;
        if (open != null) {
            open.close();
        }
    }
}
