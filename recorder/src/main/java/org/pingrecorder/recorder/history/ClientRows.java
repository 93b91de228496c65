package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;

/**
 * Rows of a filter's ips, client after client, all of one snapshot; it is taken when the first row
 * is asked for.
 */
final class ClientRows<T> implements Rows<T> {

    private final Database database;
    private final Filter filter;
    private final @Nullable Position after;
    private final Check check;
    private final Source<T> source;
    private @Nullable Connection connection;
    private @Nullable Targets targets;
    private @Nullable Rows<T> rows;

    /** Looks at what is asked for before anything is read. */
    @FunctionalInterface
    interface Check {

        void check(Connection connection) throws SQLException;
    }

    /** Reads the rows of one client. */
    @FunctionalInterface
    interface Source<T> {

        /**
         * Opens them; closing them is enough.
         *
         * @param targets one or more of one client's ips, by id
         */
        Rows<T> of(Connection connection, List<Target> targets) throws SQLException;
    }

    ClientRows(
            Database database,
            Filter filter,
            @Nullable Position after,
            Check check,
            Source<T> source) {
        this.database = database;
        this.filter = filter;
        this.after = after;
        this.check = check;
        this.source = source;
    }

    @Override
    public @Nullable T next() throws SQLException {
        Connection snapshot = connection;
        if (snapshot == null) {
            snapshot = database.snapshot();
            connection = snapshot;
            check.check(snapshot);
        }
        Targets clients = targets;
        if (clients == null) {
            clients = new Targets(snapshot, filter, after);
            targets = clients;
        }
        while (true) {
            Rows<T> current = rows;
            if (current != null) {
                T row = current.next();
                if (row != null) {
                    return row;
                }
                current.close();
                rows = null;
            }
            List<Target> client = clients.next();
            if (client == null) {
                return null;
            }
            rows = source.of(snapshot, client);
        }
    }

    /** Gives the connection back, and with it all that was opened on it. */
    @Override
    public void close() throws SQLException {
        Connection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
