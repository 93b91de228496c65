package org.pingrecorder.recorder.control;

import io.micronaut.context.annotation.Context;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.websocket.CloseReason;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.http.LastingAnswers;
import org.pingrecorder.wire.control.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections alive and honest: pings peers and closes silent ones, sends plans again, tells
 * the database that this recorder is there, and compares notes with it, so that whatever was missed
 * or could not be stored is mended.
 */
@Context
@Order(Ordered.LOWEST_PRECEDENCE) // who answers through clients ends before these
final class Keeper implements LastingAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final long REGISTER_WAIT_MILLIS = 10_000;

    private final Sessions sessions;
    private final Dialogue dialogue;
    private final PlanPush planPush;
    private final ConnStore conns;
    private final RecorderStore recorders;
    private final Announcements announcements;
    private final DatabaseTurns turns;
    private final Pace pace;

    /** What asks for a comparison while there is one is content with the next. */
    private final Inbox<String> comparisons = new Inbox<>(reasons -> compareOnce());

    private final Thread ticking = Thread.ofVirtual().name("keep-alive").unstarted(this::tickOn);
    private final Thread syncing = Thread.ofVirtual().name("compare-notes").unstarted(this::syncOn);

    Keeper(
            Sessions sessions,
            Dialogue dialogue,
            PlanPush planPush,
            ConnStore conns,
            RecorderStore recorders,
            Announcements announcements,
            DatabaseTurns turns,
            Pace pace) {
        this.sessions = sessions;
        this.dialogue = dialogue;
        this.planPush = planPush;
        this.conns = conns;
        this.recorders = recorders;
        this.announcements = announcements;
        this.turns = turns;
        this.pace = pace;
    }

    @PostConstruct
    void start() {
        recorders.seen();
        announcements.listen(Dialogue.CONN_TOPIC, new Moves());
        announcements.listen(PlanSource.TOPIC, new Changes());
        ticking.start();
        syncing.start();
    }

    private void tickOn() {
        try {
            while (true) {
                Thread.sleep(TICK);
                sessions.all().forEach(this::look);
            }
        } catch (InterruptedException e) {
            LOG.debug("Peers are kept alive no longer.", e);
        }
    }

    private void look(Conn conn) {
        if (!conn.isClosed()) { // else its last message is on its way out
            try {
                look(conn, System.nanoTime());
            } catch (RuntimeException e) { // must not keep others waiting
                LOG.error("{} cannot be kept alive.", conn.address(), e);
            }
        }
    }

    private void look(Conn conn, long nowNanos) {
        String client = conn.client();
        if (conn.silentNanos(nowNanos) > pace.silence().toNanos()) {
            dialogue.silent(conn);
        } else if (client == null && conn.openNanos(nowNanos) > pace.register().toNanos()) {
            dialogue.refuse(
                    conn,
                    "Send 'register' within " + pace.register().toSeconds() + " s.",
                    REGISTER_WAIT_MILLIS);
        } else if (conn.sincePingNanos(nowNanos) >= pace.ping().toNanos()) {
            conn.ping(nowNanos);
        }
        if (client != null) {
            planPush.sendAgainIfDue(conn, client, nowNanos);
        }
    }

    private void syncOn() {
        try {
            while (true) {
                Thread.sleep(pace.sync());
                try {
                    sync();
                } catch (DatabaseException e) {
                    LOG.debug("The database is away; notes are compared later.", e);
                } catch (RuntimeException e) {
                    LOG.error("Notes were not compared.", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Notes are compared no longer.", e);
        }
    }

    private void sync() {
        recorders.seen();
        announcements.announce(ClientStore.TOPIC, recorders.endLost());
        dialogue.storeEnded();
        compare();
        storeStatus();
    }

    /** Another recorder has taken over a client's connection. */
    private final class Moves implements Announcements.Listener {

        @Override
        public void announced(Set<String> clients) {
            if (clients.stream().anyMatch(sessions::isConnected)) {
                anythingMayHaveChanged();
            }
        }

        @Override
        public void anythingMayHaveChanged() {
            comparisons.put(Dialogue.CONN_TOPIC);
        }
    }

    /** Clients are to follow other plans. */
    private final class Changes implements Announcements.Listener {

        @Override
        public void announced(Set<String> clients) {
            planPush.changed(clients);
        }

        @Override
        public void anythingMayHaveChanged() {
            comparisons.put(PlanSource.TOPIC);
        }
    }

    private void compareOnce() {
        try {
            compare();
        } catch (DatabaseException e) {
            LOG.debug("The database is away; notes are compared later.", e);
        }
    }

    private void compare() {
        List<Conn> registered = List.copyOf(sessions.registered());
        Map<String, RecorderStore.Row> rows = new HashMap<>();
        turns.take(recorders::mine).forEach(row -> rows.put(row.conn(), row));
        for (Conn conn : registered) {
            RecorderStore.Row row = rows.get(conn.id());
            String client = conn.client();
            if (row != null) {
                planPush.compare(conn, row);
            } else if (client != null && !conn.isClosed()) {
                reopen(conn, client);
            }
        }
        endForgotten(rows);
    }

    /** The database believes that it has ended: another recorder says so, or has a newer one. */
    private void reopen(Conn conn, String client) {
        if (turns.take(() -> recorders.reopen(client, conn.id()))) {
            announcements.announce(ClientStore.TOPIC, List.of(client));
        } else {
            dialogue.replaced(conn);
        }
    }

    /** Rows of connections that nobody here knows. */
    private void endForgotten(Map<String, RecorderStore.Row> rows) {
        Set<String> open = new HashSet<>();
        sessions.all().forEach(conn -> open.add(conn.id()));
        List<ConnStore.Ended> over = new ArrayList<>();
        for (RecorderStore.Row row : rows.values()) {
            if (!open.contains(row.conn()) && !dialogue.isEnding(row.conn())) {
                over.add(new ConnStore.Ended(row.client(), row.conn(), System.nanoTime()));
            }
        }
        if (!over.isEmpty()) {
            announcements.announce(ClientStore.TOPIC, turns.take(() -> conns.ended(over)));
        }
    }

    private void storeStatus() {
        List<ConnStore.Reported> all = new ArrayList<>();
        for (Conn conn : sessions.registered()) {
            String client = conn.client();
            Status status = conn.takeStatus();
            if (client != null && status != null) {
                all.add(new ConnStore.Reported(client, conn.id(), status));
            }
        }
        all.sort(Comparator.comparing(ConnStore.Reported::client));
        if (!all.isEmpty()) {
            turns.take(() -> conns.status(all));
        }
    }

    @Override
    public void end() {
        sessions.all().forEach(conn -> conn.close(CloseReason.GOING_AWAY));
    }

    /** Tells at once that nobody is connected here any more. */
    @PreDestroy
    void stop() throws InterruptedException {
        ticking.interrupt();
        syncing.interrupt();
        syncing.join(STOP_LIMIT);
        try {
            announcements.announce(ClientStore.TOPIC, recorders.leave());
        } catch (DatabaseException e) {
            LOG.debug("The other recorders find out by themselves that this one is gone.", e);
        }
    }
}
