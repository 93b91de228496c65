package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;

/**
 * The pings of some ips of one client, wherever they are: in blocks, in fresh rows, or in uploads
 * that are not packed yet. Its caller's transaction must be one snapshot (repeatable read), else a
 * ping that the packer moves meanwhile is seen twice or not at all. Not thread-safe.
 *
 * <p>Rows come by ip id, then by time, an hour at a time, so that memory stays flat for any window.
 */
public final class SampleReader implements Rows<SampleReader.IpHour> {

    private static final String BLOCKS =
            """
            SELECT ip_id, hour AS at, payload FROM block
            WHERE client = ? AND ip_id = ANY (?) AND hour >= ? AND hour < ?
            ORDER BY ip_id, hour
            """;

    private static final String FRESH =
            """
            SELECT ip_id, slice AS at, payload FROM fresh
            WHERE client = ? AND ip_id = ANY (?) AND slice >= ? AND slice < ?
            ORDER BY ip_id, slice
            """;

    private static final String UPLOADS =
            """
            SELECT payload FROM upload
            WHERE client = ? AND last_at >= ? AND first_at < ?
            ORDER BY id
            """;

    private static final int FETCH_ROWS = 64;

    private final long startMicros;
    private final long endMicros;
    private final Cursor blocks;
    private final Cursor fresh;
    private final Unpacked unpacked;

    /**
     * The pings of one ip in one hour, by time; those with one time in the order in which they
     * came.
     *
     * @param hourMicros the start of the hour
     */
    public record IpHour(long ipId, long hourMicros, Samples samples) {}

    /**
     * Opens it.
     *
     * @param connection in a transaction that is one snapshot
     * @param ipIds of the client's ips
     * @param startMicros inclusive
     * @param endMicros exclusive
     */
    public SampleReader(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros)
            throws SQLException {
        this(connection, client, ipIds, startMicros, endMicros, new Unpacked());
        unpacked.read(connection, client, ipIds, startMicros, endMicros);
    }

    private SampleReader(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros,
            Unpacked unpacked)
            throws SQLException {
        this.startMicros = startMicros;
        this.endMicros = endMicros;
        this.unpacked = unpacked;
        Long[] ids = new TreeSet<>(ipIds).toArray(new Long[0]);
        this.blocks =
                new Cursor(
                        connection, BLOCKS, client, ids, startMicros, endMicros, Hours.HOUR_MICROS);
        this.fresh =
                new Cursor(
                        connection, FRESH, client, ids, startMicros, endMicros, Hours.SLICE_MICROS);
    }

    /** The same without what uploads hold. */
    public static SampleReader ofPacked(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros)
            throws SQLException {
        return new SampleReader(connection, client, ipIds, startMicros, endMicros, new Unpacked());
    }

    /** The next hour that has pings in the window. */
    @Override
    public @Nullable IpHour next() throws SQLException {
        while (true) {
            Place place = first(blocks.place(), first(fresh.place(), unpacked.place()));
            if (place == null) {
                return null;
            }
            Samples all = new Samples();
            blocks.take(place, all);
            fresh.take(place, all);
            unpacked.take(place, all);
            Samples trimmed = trimmed(all.sorted());
            if (!trimmed.isEmpty()) {
                return new IpHour(place.ipId(), place.hourMicros(), trimmed);
            }
        }
    }

    private Samples trimmed(Samples sorted) {
        int last = sorted.size() - 1;
        if (last < 0 || (sorted.atMicros(0) >= startMicros && sorted.atMicros(last) < endMicros)) {
            return sorted;
        }
        Samples trimmed = new Samples();
        trimmed.addFrom(sorted, startMicros, endMicros);
        return trimmed;
    }

    @Override
    public void close() throws SQLException {
        try {
            blocks.close();
        } finally {
            fresh.close();
        }
    }

    /** An ip's hour. */
    private record Place(long ipId, long hourMicros) {

        boolean isBefore(Place other) {
            return ipId != other.ipId ? ipId < other.ipId : hourMicros < other.hourMicros;
        }
    }

    private static @Nullable Place first(@Nullable Place one, @Nullable Place other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }

    /** Rows of one table. */
    private static final class Cursor {

        private final PreparedStatement statement;
        private final ResultSet rows;
        private @Nullable Place place;

        Cursor(
                Connection connection,
                String sql,
                String client,
                Long[] ipIds,
                long startMicros,
                long endMicros,
                long spanMicros)
                throws SQLException {
            statement = connection.prepareStatement(sql);
            statement.setFetchSize(FETCH_ROWS);
            statement.setString(1, client);
            statement.setArray(2, connection.createArrayOf("int8", ipIds));
            statement.setObject(3, Hours.parameter(Hours.floor(startMicros, spanMicros)));
            statement.setObject(4, Hours.parameter(endMicros));
            rows = statement.executeQuery();
            advance();
        }

        private void advance() throws SQLException {
            place =
                    rows.next()
                            ? new Place(
                                    rows.getLong("ip_id"),
                                    Hours.floor(Hours.column(rows, "at"), Hours.HOUR_MICROS))
                            : null;
        }

        @Nullable Place place() {
            return place;
        }

        void take(Place wanted, Samples into) throws SQLException {
            while (wanted.equals(place)) {
                byte[] payload = rows.getBytes("payload");
                SampleCodec.decode(payload, 0, payload.length, into);
                advance();
            }
        }

        void close() throws SQLException {
            statement.close();
        }
    }

    /** What uploads hold of the ips; decoded ip by ip. */
    private static final class Unpacked {

        private final TreeMap<Long, List<BitReader>> pieces = new TreeMap<>();
        private long ipId;
        private final TreeMap<Long, Samples> hours = new TreeMap<>();

        void read(
                Connection connection,
                String client,
                Collection<Long> ipIds,
                long startMicros,
                long endMicros)
                throws SQLException {
            Set<Long> wanted = new HashSet<>(ipIds);
            try (PreparedStatement statement = connection.prepareStatement(UPLOADS)) {
                statement.setString(1, client);
                statement.setObject(2, Hours.parameter(startMicros));
                statement.setObject(3, Hours.parameter(endMicros));
                statement.setFetchSize(FETCH_ROWS);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        UploadPayload.read(rows.getBytes("payload"), wanted::contains, this::add);
                    }
                }
            }
            nextIp();
        }

        private void add(long id, byte[] payload, int start, int length) {
            pieces.computeIfAbsent(id, i -> new ArrayList<>())
                    .add(new BitReader(payload, start, length));
        }

        private void nextIp() {
            Map.Entry<Long, List<BitReader>> next = pieces.pollFirstEntry();
            if (next == null) {
                return;
            }
            ipId = next.getKey();
            Samples all = new Samples();
            for (BitReader piece : next.getValue()) {
                SampleCodec.decode(piece, all);
            }
            for (int i = 0; i < all.size(); i++) {
                long hour = Hours.floor(all.atMicros(i), Hours.HOUR_MICROS);
                hours.computeIfAbsent(hour, h -> new Samples()).addFrom(all, i);
            }
        }

        @Nullable Place place() {
            return hours.isEmpty() ? null : new Place(ipId, hours.firstKey());
        }

        void take(Place wanted, Samples into) {
            if (wanted.equals(place())) {
                Samples hour = hours.pollFirstEntry().getValue();
                for (int i = 0; i < hour.size(); i++) {
                    into.addFrom(hour, i);
                }
                if (hours.isEmpty()) {
                    nextIp();
                }
            }
        }
    }
}
