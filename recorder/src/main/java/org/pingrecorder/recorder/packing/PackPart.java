package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** What is packed besides pings, by the one recorder that packs. */
public interface PackPart {

    /**
     * Packs what is due by that clock, or until it is enough.
     *
     * @param connection in no transaction; the part commits its own
     * @throws SQLException if something could not be; all else is
     */
    void pack(Connection connection, Instant now, BooleanSupplier enough) throws SQLException;
}
