package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;

/** Every single ping that is stored. Thread-safe. */
@Singleton
final class PingStore {

    private final Database database;

    PingStore(Database database) {
        this.database = database;
    }

    /**
     * The pings of a window, by client and ip in the order of their registration, then by time.
     *
     * @param after the last one already known
     */
    Rows<PingRows.Row> find(Filter filter, Optional<Position> after) {
        Position known = after.orElse(null);
        return new ClientRows<>(
                database,
                filter,
                known,
                connection -> {
                    Limits.checkBacklog(connection, filter, filter.window());
                    Limits.checkHours(connection, filter);
                },
                (connection, targets) -> new PingRows(connection, targets, filter, known));
    }

    /** The newest pings of a window, newest first. */
    List<StoredPing> newest(Filter filter, int limit) {
        try (Connection connection = database.snapshot()) {
            return new NewestPings(connection, filter, limit).find();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
