package org.pingrecorder.recorder.pings;

import java.sql.SQLException;
import java.util.List;

/** Keeps pings. Thread-safe. */
public interface PingStore {

    /**
     * Stores all of the pings or, if it fails, none; they are durable when it returns. Their ips
     * are registered where they are not.
     *
     * @throws SQLException what the database said
     */
    void store(List<Ping> pings) throws SQLException;
}
