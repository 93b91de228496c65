package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final Samples decoded = new Samples();
    private long ipId;

    Uploads(Connection connection, SampleSpan span) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPLOADS)) {
            statement.setString(1, span.client());
            statement.setObject(2, Hours.parameter(span.startMicros()));
            statement.setObject(3, Hours.parameter(span.endMicros()));
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    UploadPayload.read(rows.getBytes("payload"), span.ipIds()::contains, this::add);
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
            for (BitReader piece : next.getValue()) {
                decoded.clear();
                SampleCodec.decode(piece, decoded);
                divide();
            }
        }
    }

    private void divide() {
        for (int from = 0; from < decoded.size(); ) {
            long hour = Hours.floor(decoded.atMicros(from), Hours.HOUR_MICROS);
            int to = decoded.endOfSpan(from, hour, hour + Hours.HOUR_MICROS);
            hours.computeIfAbsent(hour, h -> new Samples()).addRange(decoded, from, to);
            from = to;
        }
    }

    /** Of the next hour; null after the last. */
    @Nullable Place place() {
        return hours.isEmpty() ? null : new Place(ipId, hours.firstKey());
    }

    void take(Place wanted, Samples into) {
        if (wanted.equals(place())) {
            Samples hour = hours.pollFirstEntry().getValue();
            into.addRange(hour, 0, hour.size());
            nextIp();
        }
    }
}
