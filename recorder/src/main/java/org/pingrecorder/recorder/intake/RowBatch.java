package org.pingrecorder.recorder.intake;

import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sends the rows that were added to a statement. */
final class RowBatch {

    private RowBatch() {}

    /** Fails with what the database said, without the rows: the log must not hold megabytes. */
    static void execute(PreparedStatement statement) throws SQLException {
        try {
            statement.executeBatch();
        } catch (BatchUpdateException e) {
            SQLException said = e.getNextException();
            throw said == null ? new SQLException("rows were not taken", e.getSQLState()) : said;
        }
    }
}
