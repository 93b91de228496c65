package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;

/**
 * The summaries of some ips of one client: those of the hours that are merged, a day at a time, by
 * ip id and day. Not thread-safe.
 */
public final class SummaryReader implements Rows<SummaryReader.IpDay> {

    private static final String ROLLUPS =
            """
            SELECT ip_id, day, hours FROM rollup
            WHERE client = ? AND ip_id = ANY (?) AND day >= ? AND day < ?
            ORDER BY ip_id, day
            """;

    private static final int FETCH_ROWS = 200;

    private final PreparedStatement statement;
    private final ResultSet rows;

    /**
     * The hours of one ip's UTC day.
     *
     * @param hours by hour of the day, 0 to 23
     */
    public record IpDay(long ipId, long dayMicros, Map<Integer, Summary> hours) {}

    /**
     * Opens it.
     *
     * @param ipIds of the client's ips
     * @param startMicros a time of the first day
     * @param endMicros exclusive
     */
    public SummaryReader(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros)
            throws SQLException {
        statement = connection.prepareStatement(ROLLUPS);
        statement.setFetchSize(FETCH_ROWS);
        statement.setString(1, client);
        statement.setArray(2, connection.createArrayOf("int8", new TreeSet<>(ipIds).toArray()));
        statement.setObject(3, Hours.parameter(Hours.floor(startMicros, Hours.DAY_MICROS)));
        statement.setObject(4, Hours.parameter(endMicros));
        rows = statement.executeQuery();
    }

    @Override
    public @Nullable IpDay next() throws SQLException {
        return rows.next()
                ? new IpDay(
                        rows.getLong("ip_id"),
                        Hours.column(rows, "day"),
                        SummaryCodec.decode(rows.getBytes("hours")))
                : null;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
