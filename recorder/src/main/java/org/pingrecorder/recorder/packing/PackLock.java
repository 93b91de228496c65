package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** By which one recorder of many packs: a session's lock, gone when its connection is. */
final class PackLock {

    /** Any number that nobody else uses in this database. */
    static final long KEY = 0x7061636bL;

    private PackLock() {}

    /** Takes the lock if it is free. */
    static boolean take(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
