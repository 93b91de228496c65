package org.pingrecorder.recorder.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;

/** Keeps what clients measured of their hosts. */
public interface MetricSink {

    /** Inserts what each client sent, in the transaction that stores the batches it came in. */
    void insert(Connection connection, SortedMap<String, List<MetricSample>> byClient)
            throws SQLException;
}
