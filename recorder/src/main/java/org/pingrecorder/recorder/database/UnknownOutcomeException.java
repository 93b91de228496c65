package org.pingrecorder.recorder.database;

import java.sql.SQLException;

/** The connection failed during the commit: the transaction is durable, or it never was. */
public final class UnknownOutcomeException extends SQLException {

    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause);
    }
}
