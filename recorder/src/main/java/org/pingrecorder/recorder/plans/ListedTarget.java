package org.pingrecorder.recorder.plans;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.control.PlanTarget;

/**
 * A target that a client pings, and where that is said.
 *
 * @param tag whose plan names it; null where none does
 */
record ListedTarget(Part part, @Nullable String tag, PlanTarget target) {

    /** A part of a listing, in the order of their columns {@code part}. */
    enum Part {
        /** The plan that is asked for. */
        OWN("targets"),
        /** Plans of the client's tags. */
        TAG("tag_targets"),
        /** The client's own list, which no plan changes. */
        CLIENT("client_targets");

        private final String field;

        Part(String field) {
            this.field = field;
        }

        /** In the answer's JSON. */
        String field() {
            return field;
        }
    }

    static ListedTarget read(ResultSet row) throws SQLException {
        return new ListedTarget(
                Part.values()[row.getInt("part")], row.getString("tag"), TargetTable.read(row));
    }
}
