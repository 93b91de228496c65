package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of one of the tables of packed pings, by ip id and time. */
final class PackedRows {

    /** All blocks of a window. */
    static final String BLOCKS =
            """
            SELECT ip_id, hour AS at, payload FROM block
            WHERE client = ? AND ip_id = ANY (?) AND hour >= ? AND hour < ?
            ORDER BY ip_id, hour
            """;

    static final String FRESH =
            """
            SELECT ip_id, slice AS at, payload FROM fresh
            WHERE client = ? AND ip_id = ANY (?) AND slice >= ? AND slice < ?
            ORDER BY ip_id, slice
            """;

    private static final int FETCH_ROWS = 64;

    /** Rows of so many hours are sorted at a time at most, with their payloads. */
    private static final long HOURS_AT_ONCE = 512;

    private final Connection connection;
    private final String sql;
    private final String client;
    private final Long[] ipIds;
    private final int idsAtOnce;
    private final long startMicros;
    private final long endMicros;
    private final Object @Nullable [] hours;

    private int nextId;
    private @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;
    private SampleReader.@Nullable Place place;

    /**
     * Opens them.
     *
     * @param spanMicros what one row holds
     * @param hours of which there are rows alone, as the query's last parameter; null if it has
     *     none
     */
    PackedRows(
            Connection connection,
            String sql,
            String client,
            Long[] ipIds,
            long startMicros,
            long endMicros,
            long spanMicros,
            Object @Nullable [] hours)
            throws SQLException {
        this.connection = connection;
        this.sql = sql;
        this.client = client;
        this.ipIds = ipIds;
        this.startMicros = Hours.floor(startMicros, spanMicros);
        this.endMicros = endMicros;
        this.hours = hours;
        long windowHours = (endMicros - this.startMicros) / Hours.HOUR_MICROS + 1;
        this.idsAtOnce = (int) Math.max(1, HOURS_AT_ONCE / Math.max(1, windowHours));
        advance();
    }

    private void advance() throws SQLException {
        while (true) {
            ResultSet open = rows;
            if (open != null && open.next()) {
                place =
                        new SampleReader.Place(
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
        query.setString(1, client);
        query.setArray(2, connection.createArrayOf("int8", ids));
        query.setObject(3, Hours.parameter(startMicros));
        query.setObject(4, Hours.parameter(endMicros));
        if (hours != null) {
            query.setArray(5, connection.createArrayOf("timestamptz", hours));
        }
        rows = query.executeQuery();
    }

    SampleReader.@Nullable Place place() {
        return place;
    }

    /** Adds what is stored of a place; returns whether anything was. */
    boolean take(SampleReader.Place wanted, Samples into) throws SQLException {
        boolean any = false;
        for (ResultSet open = rows; open != null && wanted.equals(place); open = rows) {
            byte[] payload = open.getBytes("payload");
            SampleCodec.decode(payload, 0, payload.length, into);
            any = true;
            advance();
        }
        return any;
    }

    void close() throws SQLException {
        PreparedStatement open = statement;
        if (open != null) {
            open.close();
        }
    }
}
