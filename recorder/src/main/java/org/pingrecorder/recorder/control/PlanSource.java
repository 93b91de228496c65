package org.pingrecorder.recorder.control;

import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;

/**
 * Says what clients are to ping. Whoever changes a plan sets {@code client.plan_revision} in the
 * same transaction and announces the client's name on the topic {@value #TOPIC} after it; the
 * control channel then asks for the plan and sends it until it is acknowledged. Thread-safe; called
 * on virtual threads. Methods may throw {@link
 * org.pingrecorder.recorder.database.DatabaseException}; they are called again later.
 */
public interface PlanSource {

    /** The topic on which names of clients are announced whose plan changed. */
    String TOPIC = "plan";

    /**
     * What the client is to ping, own plan and those of its tags together, with the revision that
     * its row has in the same snapshot; revision 0 and no targets if nobody ever set anything.
     */
    Plan planOf(String client);

    /** The client follows that plan: its revision, the time and the problems are stored. */
    void acknowledged(String client, Ack ack);
}
