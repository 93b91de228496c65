package org.pingrecorder.recorder.database;

import java.sql.SQLException;

/** The database did not do what was asked; carries what it said. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SQLException sqlException;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlException = cause;
    }

    public SQLException sqlException() {
        return sqlException;
    }
}
