package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.history.OverlappingOutages.OfIp;
import org.pingrecorder.recorder.http.Window;

/** Outages, those included that pings not packed yet begin, extend or end. Thread-safe. */
@Singleton
final class OutageStore {

    private final Database database;

    OutageStore(Database database) {
        this.database = database;
    }

    /** Those that overlap a window, by client, ip and time. */
    Rows<OfIp> find(Filter filter, Optional<Position> after, long nowMicros) {
        Position known = after.orElse(null);
        Rows<OfIp> all =
                new ClientRows<>(
                        database,
                        filter,
                        known,
                        connection -> Limits.checkBacklog(connection, filter, Window.ALWAYS),
                        (connection, targets) ->
                                new OverlappingOutages(
                                        connection,
                                        targets,
                                        LiveState.read(connection, targets),
                                        filter,
                                        nowMicros));
        return all.select(row -> known == null || isAfter(row.position(), known) ? row : null);
    }

    private static boolean isAfter(Position position, Position known) {
        return !position.client().equals(known.client())
                || position.ipId() != known.ipId()
                || position.atMicros() > known.atMicros()
                || (position.atMicros() == known.atMicros()
                        && position.ordinal() > known.ordinal());
    }
}
