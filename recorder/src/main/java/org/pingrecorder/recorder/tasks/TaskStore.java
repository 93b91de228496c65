package org.pingrecorder.recorder.tasks;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.control.RecorderId;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.wire.control.Task;

/** The rows over which recorders do tasks for each other. Thread-safe. */
@Singleton
final class TaskStore {

    /** The topic on which ids of tasks are announced that began, or that nobody waits for now. */
    static final String TASK_TOPIC = "task";

    /** The topic on which ids of tasks are announced that have new results. */
    static final String RESULT_TOPIC = "task_result";

    private static final String ORDER =
            """
            INSERT INTO task (id, asker, targets, interval_ms, count, timeout_ms)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    private static final String ORDER_FROM =
            """
            INSERT INTO task_client (task, client) SELECT ?, unnest(?::text[])
            """;

    /** Of several recorders only the one that has the client's connection takes its order. */
    private static final String TAKE =
            """
            UPDATE task_client SET holder = ?
            FROM task, conn
            WHERE task_client.holder IS NULL AND task.id = task_client.task AND task.asker <> ?
              AND conn.client = task_client.client AND conn.recorder = ? AND conn.ended_at IS NULL
            RETURNING task_client.client, task.id, task.targets, task.interval_ms, task.count,
                      task.timeout_ms
            """;

    private static final String HELD =
            """
            SELECT task, client FROM task_client WHERE holder = ?
            """;

    private static final String PUT_RESULTS =
            """
            INSERT INTO task_result (task, client, result)
            SELECT given.task, given.client, given.result
            FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY
                AS given (task, client, result, position)
            WHERE EXISTS (SELECT FROM task WHERE task.id = given.task)
            ORDER BY given.position
            """;

    private static final String TAKE_RESULTS =
            """
            DELETE FROM task_result
            WHERE id IN (SELECT id FROM task_result WHERE task = ANY (?) ORDER BY id LIMIT ?)
            RETURNING id, task, client, result
            """;

    /**
     * What nobody took yet is taken as long as its client is connected to another recorder, which
     * looks every 5 seconds though it missed the announcement.
     */
    private static final String ALIVE =
            """
            SELECT task_client.task, task_client.client
            FROM task_client
            JOIN task ON task.id = task_client.task
            LEFT JOIN recorder ON recorder.id = task_client.holder
            WHERE task.asker = ?
              AND CASE WHEN task_client.holder IS NULL
                       THEN task.made_at > now() - interval '15 seconds'
                            AND EXISTS (SELECT
                                        FROM conn
                                        JOIN recorder AS other ON other.id = conn.recorder
                                        WHERE conn.client = task_client.client
                                          AND conn.ended_at IS NULL
                                          AND conn.recorder <> task.asker
                                          AND other.seen_at > now() - interval '15 seconds')
                       ELSE recorder.seen_at > now() - interval '15 seconds' END
            """;

    private static final String FORGET =
            """
            DELETE FROM task WHERE id = ?
            """;

    /** What recorders left behind that are gone; results that came after the end of their task. */
    private static final String SWEEP =
            """
            DELETE FROM task
            WHERE NOT EXISTS (SELECT FROM recorder
                              WHERE recorder.id = task.asker
                                AND recorder.seen_at > now() - interval '15 seconds');
            DELETE FROM task_result
            WHERE NOT EXISTS (SELECT FROM task WHERE task.id = task_result.task)
            """;

    private final Database database;
    private final String recorder;

    TaskStore(Database database, RecorderId recorder) {
        this.database = database;
        this.recorder = recorder.text();
    }

    /** A task at one client. */
    record Place(String task, String client) {}

    /** What another recorder wants of a client that is connected here. */
    record Order(String client, Task task) {}

    /**
     * What a client said.
     *
     * @param result its message as JSON; null where its connection has ended
     */
    record Result(String task, String client, @Nullable String result) {}

    /** Asks the other recorders to have it done. */
    void order(Task task, Collection<String> clients) {
        inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(ORDER)) {
                        statement.setString(1, task.task());
                        statement.setString(2, recorder);
                        statement.setArray(3, texts(connection, task.targets()));
                        statement.setLong(4, task.intervalMs());
                        statement.setInt(5, task.count());
                        statement.setLong(6, task.timeoutMs());
                        statement.executeUpdate();
                    }
                    try (PreparedStatement statement = connection.prepareStatement(ORDER_FROM)) {
                        statement.setString(1, task.task());
                        statement.setArray(2, texts(connection, clients));
                        return statement.executeUpdate();
                    }
                });
    }

    /** What others want of clients that are connected here; each order once. */
    List<Order> take() {
        return inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                        statement.setString(1, recorder);
                        statement.setString(2, recorder);
                        statement.setString(3, recorder);
                        List<Order> orders = new ArrayList<>();
                        try (ResultSet rows = statement.executeQuery()) {
                            while (rows.next()) {
                                orders.add(order(rows));
                            }
                        }
                        return orders;
                    }
                });
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getString("client"),
                new Task(
                        row.getString("id"),
                        List.of((String[]) row.getArray("targets").getArray()),
                        row.getLong("interval_ms"),
                        row.getInt("count"),
                        row.getLong("timeout_ms")));
    }

    /** The orders that this recorder took, and that somebody still waits for. */
    List<Place> held() {
        return database.list(HELD, statement -> statement.setString(1, recorder), TaskStore::place);
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getString("task"), row.getString("client"));
    }

    /** Hands results to the recorders that wait for them; those that nobody waits for are lost. */
    void put(List<Result> results) {
        inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(PUT_RESULTS)) {
                        statement.setArray(1, texts(connection, results, Result::task));
                        statement.setArray(2, texts(connection, results, Result::client));
                        statement.setArray(3, texts(connection, results, Result::result));
                        return statement.executeUpdate();
                    }
                });
    }

    /** The first results of the tasks, so many at most, each once, in order. */
    List<Result> results(Collection<String> tasks, int most) {
        record Row(long id, Result result) {}
        return inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(TAKE_RESULTS)) {
                        statement.setArray(1, texts(connection, tasks));
                        statement.setInt(2, most);
                        List<Row> taken = new ArrayList<>();
                        try (ResultSet rows = statement.executeQuery()) {
                            while (rows.next()) {
                                taken.add(
                                        new Row(
                                                rows.getLong("id"),
                                                new Result(
                                                        rows.getString("task"),
                                                        rows.getString("client"),
                                                        rows.getString("result"))));
                            }
                        }
                        return taken.stream()
                                .sorted(Comparator.comparingLong(Row::id))
                                .map(Row::result)
                                .toList();
                    }
                });
    }

    /** The orders of this recorder that are done, or will be soon. */
    List<Place> alive() {
        return database.list(
                ALIVE, statement -> statement.setString(1, recorder), TaskStore::place);
    }

    /** Nobody waits for it any more. */
    void forget(String task) {
        inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                        statement.setString(1, task);
                        return statement.executeUpdate();
                    }
                });
    }

    /** Deletes what nobody else will. */
    void sweep() {
        inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
                        return statement.execute();
                    }
                });
    }

    private static Array texts(Connection connection, Collection<String> texts)
            throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static Array texts(
            Connection connection, List<Result> results, Function<Result, @Nullable String> value)
            throws SQLException {
        return connection.createArrayOf("text", results.stream().map(value).toArray());
    }

    private <T> T inTransaction(Database.Work<T> work) {
        try {
            return database.inTransaction(work);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
