package org.pingrecorder.recorder.plans;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A tag that a client has, or that has a plan.
 *
 * @param clients how many have it
 * @param targets how many its plan names
 * @param revision of its plan; 0 if there is none
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record ListedTag(String tag, long clients, long targets, long revision) {

    static ListedTag read(ResultSet row) throws SQLException {
        return new ListedTag(
                row.getString("tag"),
                row.getLong("clients"),
                row.getLong("targets"),
                row.getLong("revision"));
    }
}
