package org.pingrecorder.recorder.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** The database did not do what was asked; carries what it said. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * PostgreSQL's error classes that pass: 08 connection, 40 deadlock or serialisation, 53 out of
     * disk, memory or connections, 57 operator intervention, 58 a system error such as a failed
     * write.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Read-only transaction, and a lock that could not be had. */
    private static final Set<String> PASSING_STATES = Set.of("25006", "55P03");

    private static final String QUERY_CANCELED = "57014";

    private final SQLException sqlException;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlException = cause;
    }

    /** Whether the same may well work later: the database is away, full, stopping or busy. */
    public boolean isPassing() {
        for (SQLException e = sqlException; e != null; e = e.getNextException()) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            if (e instanceof SQLTransientConnectionException
                    || e instanceof SQLNonTransientConnectionException
                    || PASSING_STATES.contains(state)
                    || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it took the database longer than it may. */
    public boolean isTooLong() {
        return QUERY_CANCELED.equals(sqlException.getSQLState());
    }

    /** Whether what was asked may have been done all the same. */
    public boolean isOutcomeUnknown() {
        return sqlException instanceof UnknownOutcomeException;
    }
}
