package org.pingrecorder.recorder.clients;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes part in changes to a client, in the transaction that makes them. The client's name is
 * announced on the topic {@code plan} after the commit.
 */
public interface ClientListener {

    /** Comes first in the transaction, before any row is locked. */
    void changing(Connection connection) throws SQLException;

    /** The client has other tags now. */
    void tagsChanged(Connection connection, String client) throws SQLException;

    /** The client was taken off the list; its tags are gone, and its ips off the list too. */
    void deleted(Connection connection, String client) throws SQLException;
}
