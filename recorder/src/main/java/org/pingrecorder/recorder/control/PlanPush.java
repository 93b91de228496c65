package org.pingrecorder.recorder.control;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.wire.control.FromRecorder;
import org.pingrecorder.wire.control.Plan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends clients their plans, again and again until they acknowledge them. Thread-safe. */
@Singleton
final class PlanPush {

    private static final Logger LOG = LoggerFactory.getLogger(PlanPush.class);

    /** Of a plan that has some thousand targets. */
    private static final int LONG_CHARS = 1 << 19;

    private static final Duration LONG_LIMIT = Duration.ofSeconds(5);

    /** So many plans are in memory at a time. */
    private static final int AT_ONCE = 6;

    private final Semaphore sendings = new Semaphore(AT_ONCE, true);
    private final PlanSource plans;
    private final Sessions sessions;
    private final Messages messages;
    private final DatabaseTurns turns;
    private final Pace pace;

    PlanPush(
            PlanSource plans,
            Sessions sessions,
            Messages messages,
            DatabaseTurns turns,
            Pace pace) {
        this.plans = plans;
        this.sessions = sessions;
        this.messages = messages;
        this.turns = turns;
        this.pace = pace;
    }

    /** These clients may have another plan to follow. */
    void changed(Set<String> clients) {
        for (String client : clients) {
            Conn conn = sessions.of(client);
            if (conn != null) {
                push(conn, client);
            }
        }
    }

    /** What the database says of one that is connected here: it may want another plan. */
    void compare(Conn conn, RecorderStore.Row row) {
        long wanted = row.wantedPlan();
        if (wanted != row.ackedPlan()
                && !conn.plan().isSent(wanted)
                && !conn.plan().isFollowed(wanted)) { // the row may be of before it did
            push(conn, row.client());
        }
    }

    /** Sends the plan again if the client has had its time to acknowledge it. */
    void sendAgainIfDue(Conn conn, String client, long nowNanos) {
        if (conn.plan().isDue(nowNanos, pace)) {
            push(conn, client);
        }
    }

    private void push(Conn conn, String client) {
        if (!conn.plan().queue()) {
            return;
        }
        conn.inOrder(
                () -> {
                    conn.plan().look();
                    try {
                        send(conn, client, plan -> plan);
                    } catch (DatabaseException e) {
                        LOG.debug("The plan of {} cannot be read now; later.", client, e);
                    }
                });
    }

    /**
     * Sends a client its plan, unless it follows that one, or was sent it just now.
     *
     * @param envelope the message that brings the plan
     * @return whether it was sent
     */
    boolean send(Conn conn, String client, Function<Plan, FromRecorder> envelope) {
        if (conn.isClosed() || !conn.isWritable()) {
            return false; // the last one is still on its way out
        }
        sendings.acquireUninterruptibly();
        try {
            Plan plan = turns.take(() -> plans.planOf(client));
            long nowNanos = System.nanoTime();
            if (conn.plan().isFollowed(plan.revision())
                    || (conn.plan().isSent(plan.revision())
                            && !conn.plan().isDue(nowNanos, pace))) {
                return false;
            }
            String text = messages.write(envelope.apply(plan));
            boolean sent =
                    text.length() < LONG_CHARS
                            ? conn.send(text)
                            : conn.sendWholly(text, LONG_LIMIT);
            if (sent) {
                conn.plan().sent(plan.revision(), System.nanoTime());
            }
            return sent;
        } finally {
            sendings.release();
        }
    }
}
