package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client's uploads hold of some of its ips, decoded ip by ip and hour by hour. */
final class Uploads {

    private static final String UPLOADS =
            """
            SELECT payload FROM upload
            WHERE client = ? AND last_at >= ? AND first_at < ?
            ORDER BY id
            """;

    private static final int FETCH_ROWS = 64;

    private final TreeMap<Long, List<BitReader>> pieces = new TreeMap<>();
    private final TreeMap<Long, Samples> hours = new TreeMap<>();
    private long ipId;

    Uploads(Connection connection, String client, Set<Long> ipIds, long start, long end)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPLOADS)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(start));
            statement.setObject(3, Hours.parameter(end));
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    UploadPayload.read(rows.getBytes("payload"), ipIds::contains, this::add);
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
        while (hours.isEmpty() && !pieces.isEmpty()) {
            Map.Entry<Long, List<BitReader>> next = pieces.pollFirstEntry();
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
    }

    SampleReader.@Nullable Place place() {
        return hours.isEmpty() ? null : new SampleReader.Place(ipId, hours.firstKey());
    }

    void take(SampleReader.Place wanted, Samples into) {
        if (wanted.equals(place())) {
            Samples hour = hours.pollFirstEntry().getValue();
            for (int i = 0; i < hour.size(); i++) {
                into.addFrom(hour, i);
            }
            nextIp();
        }
    }
}
