package org.pingrecorder.recorder.plans;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.clients.ChangeTurns;
import org.pingrecorder.recorder.clients.ClientListener;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.control.PlanSource;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.ips.PlannedIps;
import org.pingrecorder.wire.Ip;

/**
 * Changes plans, and with them, in one transaction, what each client is to follow and the registry
 * of ips. Thread-safe.
 */
@Singleton
final class PlanStore implements ClientListener, PlannedIps {

    /** Of one plan, and of all plans of a client together. */
    static final int MOST_TARGETS = 100_000;

    /** A client takes messages of up to 16 MB. */
    private static final int MOST_BYTES = 15_000_000;

    /** Ips that one change may touch, of all clients together: about a quarter of a minute. */
    private static final long MOST_ROWS = 200_000;

    /** Any number that nothing else on this database locks. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(5801233847)";

    private static final String NEXT_REVISION = "SELECT nextval('plan_revision')";

    private static final String READ =
            "SELECT revision, " + PlanSettings.COLUMNS + " FROM plan WHERE kind = ? AND name = ?";

    private static final String WRITE =
            """
            INSERT INTO plan (kind, name, revision, interval_ms, timeout_ms, metrics_interval_ms,
                              paused)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, name) DO UPDATE SET
                revision = excluded.revision, changed_at = now(),
                interval_ms = excluded.interval_ms, timeout_ms = excluded.timeout_ms,
                metrics_interval_ms = excluded.metrics_interval_ms, paused = excluded.paused
            """;

    private static final String HAS_PLAN =
            """
            SELECT plan_revision > 0 OR EXISTS (
                SELECT FROM plan_source s JOIN plan p ON p.kind = s.kind AND p.name = s.plan
                WHERE s.client = client.name)
            FROM client WHERE name = ?
            """;

    private static final String DROP =
            """
            WITH dropped AS (DELETE FROM plan WHERE kind = ? AND name = ?)
            DELETE FROM plan_target WHERE kind = ? AND plan = ?
            """;

    private final Database database;
    private final ChangeTurns turns;
    private final Announcements announcements;

    PlanStore(Database database, ChangeTurns turns, Announcements announcements) {
        this.database = database;
        this.turns = turns;
        this.announcements = announcements;
    }

    /**
     * A plan's own row.
     *
     * @param revision 0 if there is none
     */
    record Row(long revision, PlanSettings settings) {

        static final Row NONE = new Row(0, PlanSettings.NONE);
    }

    private record Done(PlanChange change, List<String> clients) {}

    /**
     * Changes a plan, all of it or nothing. A change that changes nothing leaves its revision.
     *
     * @throws Fault 409 if it has another revision than was expected, 422 if it would be too large
     */
    PlanChange change(PlanOwner owner, PlanEdit edit) {
        return inTurn(connection -> change(connection, owner, edit));
    }

    /**
     * Deletes the plan of a tag.
     *
     * @throws Fault 404 if there is none, 409 if it has another revision than was expected
     */
    void delete(PlanOwner tag, OptionalLong expected) {
        PlanEdit toNothing = PlanEdit.ofAll(expected, before -> PlanSettings.NONE, List.of());
        inTurn(
                connection -> {
                    if (read(connection, tag).revision() == 0) {
                        throw Fault.of(
                                HttpStatus.NOT_FOUND,
                                "There is no plan of tag '%s'; GET /tags lists the tags."
                                        .formatted(tag.name()));
                    }
                    Done done = change(connection, tag, toNothing);
                    drop(connection, tag);
                    return done;
                });
    }

    private static void drop(Connection connection, PlanOwner owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DROP)) {
            owner.set(statement, 1);
            owner.set(statement, 3);
            statement.executeUpdate();
        }
    }

    private PlanChange inTurn(Database.Work<Done> work) {
        Done done = turns.take(() -> inTransaction(work));
        announcements.announce(PlanSource.TOPIC, done.clients());
        announcements.announce(ClientStore.TOPIC, done.clients());
        return done.change();
    }

    private Done inTransaction(Database.Work<Done> work) {
        try {
            return database.inTransaction(
                    connection -> {
                        changing(connection);
                        return work.run(connection);
                    });
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static Done change(Connection connection, PlanOwner owner, PlanEdit edit)
            throws SQLException {
        Row before = read(connection, owner);
        checkExpected(owner, edit.expected(), before.revision());
        TargetTable.Difference targets = edit.targets().apply(connection, owner);
        PlanSettings settings = edit.settings().apply(before.settings());
        if (targets.added() > 0 && TargetTable.count(connection, owner) > MOST_TARGETS) {
            throw tooMany("The plan would have more than %,d targets".formatted(MOST_TARGETS));
        }
        boolean isSame = targets.keys().isEmpty() && settings.equals(before.settings());
        if (isSame) {
            return new Done(PlanChange.of(before.revision(), 0, targets), List.of());
        }
        List<String> clients = PlannedRows.clientsOf(connection, owner);
        checkRows(clients.size(), targets.keys().size());
        if (!targets.keys().isEmpty()) {
            PlannedRows.settle(connection, clients, targets.keys());
        }
        if (targets.added() + targets.changed() > 0) {
            checkClients(connection, clients);
        }
        if (edit.isTrial()) {
            connection.rollback();
            return new Done(PlanChange.of(before.revision(), clients.size(), targets), List.of());
        }
        long revision = nextRevision(connection);
        write(connection, owner, new Row(revision, settings));
        PlannedRows.want(connection, clients, revision);
        return new Done(PlanChange.of(revision, clients.size(), targets), clients);
    }

    private static void checkExpected(PlanOwner owner, OptionalLong expected, long revision) {
        if (expected.isPresent() && expected.getAsLong() != revision) {
            throw Fault.of(
                    HttpStatus.CONFLICT,
                    "The plan has revision %d by now, not %d: somebody else changed it. GET %s, and change that."
                            .formatted(revision, expected.getAsLong(), owner.path()));
        }
    }

    private static void checkRows(long clients, long targets) {
        if (clients * targets > MOST_ROWS) {
            throw tooMany(
                    "%,d targets of %,d clients are more than the %,d ips that one change may touch"
                            .formatted(targets, clients, MOST_ROWS));
        }
    }

    private static void checkClients(Connection connection, List<String> clients)
            throws SQLException {
        PlannedRows.overfull(connection, clients, MOST_TARGETS, MOST_BYTES)
                .ifPresent(
                        client -> {
                            throw tooMany(
                                    "Client '%s' would have more than %,d targets of its plans, or more than %,d bytes of them with names and tags"
                                            .formatted(client, MOST_TARGETS, MOST_BYTES));
                        });
    }

    private static Fault tooMany(String what) {
        return Fault.of(
                HttpStatus.UNPROCESSABLE_ENTITY,
                what + "; nothing was changed. Give fewer targets at a time, or to fewer clients.");
    }

    /** Reads a plan's row. */
    static Row read(Connection connection, PlanOwner owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            owner.set(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Row(row.getLong("revision"), PlanSettings.read(row))
                        : Row.NONE;
            }
        }
    }

    private static void write(Connection connection, PlanOwner owner, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            owner.set(statement, 1);
            statement.setLong(3, row.revision());
            row.settings().set(statement, 4);
            statement.executeUpdate();
        }
    }

    private static long nextRevision(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NEXT_REVISION)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void remove(Ip ip) {
        PlanOwner owner = PlanOwner.client(ip.client());
        IpKey key = IpKey.of(ip.ip(), ip.family());
        change(
                owner,
                PlanEdit.ofTargets(
                        OptionalLong.empty(),
                        (connection, own) -> {
                            checkNoTagHas(connection, ip, key);
                            return TargetTable.remove(connection, own, key);
                        }));
    }

    private static void checkNoTagHas(Connection connection, Ip ip, IpKey key) throws SQLException {
        List<String> tags = TargetTable.tagsWith(connection, ip.client(), key);
        if (!tags.isEmpty()) {
            String calls =
                    tags.stream()
                            .map(tag -> "DELETE " + path(PlanOwner.tag(tag), ip))
                            .collect(Collectors.joining(" and "));
            throw Fault.of(
                    HttpStatus.CONFLICT,
                    "Client '%s' pings %s because the plan of its tag '%s' says so. Take it off that plan, for all clients with the tag (%s), or the tag off this client (PATCH /clients/%s)."
                            .formatted(
                                    ip.client(),
                                    ip.ip(),
                                    String.join("' and '", tags),
                                    calls,
                                    ip.client()));
        }
    }

    private static String path(PlanOwner owner, Ip ip) {
        return owner.path()
                + "/targets?ip="
                + ip.ip().replace("%", "%25")
                + (ip.family() == null ? "" : "&family=" + ip.family());
    }

    @Override
    public void changing(Connection connection) throws SQLException {
        lock(connection);
    }

    /** Waits for other changes of plans, and keeps them waiting until the commit. */
    static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
    }

    @Override
    public void tagsChanged(Connection connection, String client) throws SQLException {
        List<IpKey> keys = PlannedRows.keysOf(connection, client);
        PlannedRows.settle(connection, List.of(client), keys);
        checkClients(connection, List.of(client));
        try (PreparedStatement statement = connection.prepareStatement(HAS_PLAN)) {
            statement.setString(1, client);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    PlannedRows.want(connection, List.of(client), nextRevision(connection));
                }
            }
        }
    }

    @Override
    public void deleted(Connection connection, String client) throws SQLException {
        List<IpKey> keys = PlannedRows.keysOf(connection, client);
        drop(connection, new PlanOwner(PlanOwner.Kind.CLIENT, client));
        PlannedRows.settle(connection, List.of(client), keys);
        PlannedRows.want(connection, List.of(client), nextRevision(connection));
    }
}
