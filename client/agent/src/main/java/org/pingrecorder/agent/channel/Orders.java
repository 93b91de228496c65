package org.pingrecorder.agent.channel;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.Task;

/**
 * What a recorder may ask of this client over its control channel. Called on the channel's thread,
 * one call at a time; files may be written in it, but nobody is to be waited for.
 */
public interface Orders {

    /**
     * Whether another client is connected by this one's name, as the recorder says; not where no
     * channel gets through to a recorder that has not said anything yet. Told with every answer.
     */
    void nameTaken(boolean taken);

    /** The revision of the plan that is followed; 0 where there is none. */
    long planRevision();

    /**
     * Follow this plan.
     *
     * @return what to answer; null if nothing, so that the plan comes again
     */
    @Nullable Ack follow(Plan plan);

    /** Do this task, and answer over {@link ControlChannel#send}. */
    void task(Task task);

    /** Nobody waits for that task any more. */
    void cancel(Cancel cancel);

    /** Nobody waits for any task any more: the connection on which they came is gone. */
    void cancelAll();

    /** How this client does right now. */
    Status status();
}
