package org.pingrecorder.recorder.control;

import io.micronaut.websocket.CloseReason;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered to each message of the control channel. Thread-safe. */
@Singleton
final class Dialogue {

    /** The topic on which those are announced that have another connection now. */
    static final String CONN_TOPIC = "conn";

    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);

    private static final CloseReason REFUSED = new CloseReason(1008, "Refused");
    private static final CloseReason REPLACED =
            new CloseReason(1000, "This client has a newer connection");
    private static final CloseReason SILENT = new CloseReason(1001, "No sign of life");
    private static final CloseReason FLOODED =
            new CloseReason(1008, "Messages come faster than they can be handled");

    /** What is wrong stays wrong until people change it. */
    private static final long WRONG_WAIT_MILLIS = 60_000;

    /** About when a connection that is dead is found to be. */
    private static final long TAKEN_WAIT_MILLIS = 30_000;

    private static final long AWAY_WAIT_MILLIS = 5_000;

    private final Sessions sessions;
    private final ConnStore store;
    private final PlanSource plans;
    private final PlanPush planPush;
    private final List<ChannelListener> listeners;
    private final Announcements announcements;
    private final Messages messages;
    private final DatabaseTurns turns;
    private final Pace pace;
    private final InstantSource clock;
    private final Inbox<Conn> endings = new Inbox<>(all -> storeEnded());

    /** By the connection; until the database knows. */
    private final Map<String, ConnStore.Ended> unstoredEnds = new ConcurrentHashMap<>();

    Dialogue(
            Sessions sessions,
            ConnStore store,
            PlanSource plans,
            PlanPush planPush,
            List<ChannelListener> listeners,
            Announcements announcements,
            Messages messages,
            DatabaseTurns turns,
            Pace pace,
            InstantSource clock) {
        this.sessions = sessions;
        this.store = store;
        this.plans = plans;
        this.planPush = planPush;
        this.listeners = listeners;
        this.announcements = announcements;
        this.messages = messages;
        this.turns = turns;
        this.pace = pace;
        this.clock = clock;
    }

    void opened(Conn conn) {
        sessions.opened(conn);
    }

    void received(Conn conn, String text) {
        conn.heard(System.nanoTime());
        if (!conn.inOrder(text, () -> handle(conn, text))) {
            conn.close(FLOODED);
            closed(conn);
        }
    }

    private void handle(Conn conn, String text) {
        if (conn.isClosed()) {
            return;
        }
        FromClient message;
        try {
            message = messages.read(text);
        } catch (IllegalArgumentException e) {
            refuse(conn, String.valueOf(e.getMessage()), WRONG_WAIT_MILLIS);
            return;
        }
        String client = conn.client();
        if (message instanceof Register register) {
            if (client == null) {
                register(conn, register);
            } else {
                refuse(
                        conn,
                        "This connection is registered as '" + client + "'; open another one.",
                        WRONG_WAIT_MILLIS);
            }
        } else if (client == null) {
            refuse(conn, "The first message is 'register'; send it first.", WRONG_WAIT_MILLIS);
        } else {
            handle(conn, client, message);
        }
    }

    private void handle(Conn conn, String client, FromClient message) {
        try {
            switch (message) {
                case Register _ -> throw new IllegalStateException("handled before");
                case Ack ack -> acknowledged(conn, client, ack);
                case TaskResult result ->
                        listeners.forEach(each -> each.taskResult(client, result));
                case Status status -> reported(conn, status);
                case Bye _ -> stopped(conn, client);
            }
        } catch (DatabaseException e) {
            failed(client, e); // acks and byes come again until they are confirmed
        }
    }

    private static void failed(String client, DatabaseException failure) {
        if (failure.isPassing()) {
            LOG.debug("A message of {} was not stored.", client, failure);
        } else {
            LOG.error("A message of {} cannot be stored.", client, failure);
        }
    }

    private void register(Conn conn, Register register) {
        String problem = RegisterCheck.problem(register);
        if (problem != null) {
            refuse(conn, problem, WRONG_WAIT_MILLIS);
            return;
        }
        String client = register.client();
        try {
            long offsetMicros = nowMicros() - register.timeUs();
            switch (turns.take(() -> store.claim(conn, register, offsetMicros))) {
                case Claim.Taken taken -> {
                    LOG.warn(
                            "Refused a second client named {} from {}; the first is at {}.",
                            client,
                            conn.address(),
                            taken.address());
                    refuse(conn, new Refused(takenText(client, taken), TAKEN_WAIT_MILLIS, true));
                }
                case Claim.Granted granted -> connected(conn, register, granted);
            }
        } catch (DatabaseException e) {
            failed(client, e);
            refuse(conn, "The recorder's database is away; come again.", AWAY_WAIT_MILLIS);
        }
    }

    private static String takenText(String client, Claim.Taken taken) {
        return "Another client named '"
                + client
                + "' is connected, from "
                + taken.address()
                + " since "
                + taken.since().truncatedTo(ChronoUnit.SECONDS)
                + ", and a name is for one. Start this one with a name of its own: --client NAME or"
                + " CLIENT_NAME=NAME. If it is to take the other's place, stop that one first.";
    }

    private void connected(Conn conn, Register register, Claim.Granted granted) {
        String client = register.client();
        conn.registered(client);
        Conn replaced = sessions.registered(client, conn);
        if (replaced != null) {
            replaced.close(REPLACED);
            closed(replaced);
        }
        if (granted.tookOver()) {
            announcements.announce(CONN_TOPIC, List.of(client));
        }
        announcements.announce(ClientStore.TOPIC, List.of(client));
        LOG.info("{} is connected, from {}.", client, conn.address());
        if (isFollowing(conn, register, granted)
                || !planPush.send(conn, client, plan -> registered(conn, plan))) {
            conn.send(messages.write(registered(conn, null)));
        }
    }

    private Registered registered(Conn conn, @Nullable Plan plan) {
        return new Registered(conn.id(), nowMicros(), pace.status().toMillis(), plan);
    }

    /**
     * Whether the client follows the plan that it is to follow, or one of the future, after which
     * it is given one of now; stores it where it is news.
     */
    private boolean isFollowing(Conn conn, Register register, Claim.Granted granted) {
        if (register.planRevision() < granted.wantedPlan()) {
            return false;
        }
        if (register.planRevision() != granted.ackedPlan()) {
            acknowledged(conn, register.client(), new Ack(register.planRevision(), null));
        }
        conn.plan().follows(register.planRevision());
        return true;
    }

    private void acknowledged(Conn conn, String client, Ack ack) {
        turns.take(() -> plans.acknowledged(client, ack));
        conn.plan().follows(ack.revision());
    }

    private void reported(Conn conn, Status status) {
        if (status.ips() < 0 || status.spooledPings() < 0 || status.droppedPings() < 0) {
            refuse(conn, "A number of 'status' is below 0.", WRONG_WAIT_MILLIS);
        } else {
            conn.keepStatus(status);
        }
    }

    private void stopped(Conn conn, String client) {
        turns.take(() -> store.stopped(client, conn.id()));
        conn.send(messages.write(new ByeAck()));
        announcements.announce(ClientStore.TOPIC, List.of(client));
        LOG.info("{} stops.", client);
    }

    void refuse(Conn conn, String reason, long waitMillis) {
        refuse(conn, new Refused(reason, waitMillis, false));
    }

    private void refuse(Conn conn, Refused refused) {
        LOG.debug("Refused {}: {}", conn.address(), refused.reason());
        conn.sendAndClose(messages.write(refused), REFUSED);
        closed(conn);
    }

    /** Nothing was heard for too long: whoever it was is not there any more. */
    void silent(Conn conn) {
        conn.close(SILENT);
        closed(conn);
    }

    /** The client has a newer connection, at another recorder. */
    void replaced(Conn conn) {
        conn.close(REPLACED);
        closed(conn);
    }

    /** Nothing that comes from it is handled any more; idempotent. */
    void closed(Conn conn) {
        if (conn.markClosed()) {
            long heardNanos = conn.heardNanos();
            conn.inOrder(() -> end(conn, heardNanos));
        }
    }

    private void end(Conn conn, long heardNanos) {
        String client = conn.client();
        if (client != null) {
            unstoredEnds.put(conn.id(), new ConnStore.Ended(client, conn.id(), heardNanos));
        }
        sessions.closed(conn);
        if (client != null) {
            endings.put(conn);
            listeners.forEach(each -> each.gone(client));
        }
    }

    /** Whether the connection has ended and the database is yet to be told. */
    boolean isEnding(String conn) {
        return unstoredEnds.containsKey(conn);
    }

    /** Tells the database which connections ended, and when, as far as it does not know. */
    void storeEnded() {
        List<ConnStore.Ended> all = List.copyOf(unstoredEnds.values());
        if (all.isEmpty()) {
            return;
        }
        try {
            List<String> clients = turns.take(() -> store.ended(all));
            all.forEach(each -> unstoredEnds.remove(each.conn()));
            announcements.announce(ClientStore.TOPIC, clients);
            clients.forEach(client -> LOG.info("{} is not connected any more.", client));
        } catch (DatabaseException e) {
            LOG.debug("The end of connections is stored later.", e);
        }
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
