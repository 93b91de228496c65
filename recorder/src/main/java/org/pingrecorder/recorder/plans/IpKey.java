package org.pingrecorder.recorder.plans;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.control.PlanTarget;

/**
 * What tells one ip of a client from its others.
 *
 * @param family 4 or 6, or 0 where it has none
 */
record IpKey(String ip, int family) {

    static IpKey of(String ip, @Nullable Family family) {
        return new IpKey(ip, family == null ? 0 : family.version());
    }

    static IpKey of(PlanTarget target) {
        return of(target.ip(), target.family());
    }

    static IpKey read(ResultSet row) throws SQLException {
        return new IpKey(row.getString("ip"), row.getInt("family"));
    }

    /** Sets keys as two arrays. */
    static void set(PreparedStatement statement, int first, Collection<IpKey> keys)
            throws SQLException {
        Connection connection = statement.getConnection();
        Object[] ips = keys.stream().map(IpKey::ip).toArray();
        Object[] families = keys.stream().map(IpKey::family).toArray();
        statement.setArray(first, connection.createArrayOf("text", ips));
        statement.setArray(first + 1, connection.createArrayOf("int2", families));
    }
}
