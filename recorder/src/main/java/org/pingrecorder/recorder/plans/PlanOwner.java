package org.pingrecorder.recorder.plans;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import org.pingrecorder.recorder.http.ClientPath;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.wire.TagName;

/**
 * Whose plan it is.
 *
 * @param name of the client or tag, checked
 */
record PlanOwner(Kind kind, String name) {

    /** A plan is of one client, or of all with a tag. */
    enum Kind {
        CLIENT,
        TAG;

        /** As the database has it. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The client that a path names.
     *
     * @throws Fault 400 if none can have that name
     */
    static PlanOwner client(String clientId) {
        return new PlanOwner(Kind.CLIENT, ClientPath.check(clientId));
    }

    /**
     * The tag that a path names.
     *
     * @throws Fault 400 if it can be none
     */
    static PlanOwner tag(String tag) {
        try {
            return new PlanOwner(Kind.TAG, TagName.check(tag));
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("tag", "'tag': " + e.getMessage() + ".");
        }
    }

    /** Sets kind and name as two parameters. */
    void set(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, kind.text());
        statement.setString(first + 1, name);
    }

    /** Where its plan is. */
    String path() {
        return (kind == Kind.CLIENT ? "/clients/" : "/tags/") + name + "/plan";
    }
}
