package org.pingrecorder.recorder.control;

import org.pingrecorder.wire.control.TaskResult;

/**
 * Hears of the clients that are connected to this recorder. Called on virtual threads, in order for
 * each connection; what is thrown is logged.
 */
public interface ChannelListener {

    /** A client says what became of a task's pings. */
    void taskResult(String client, TaskResult result);

    /** A client's connection to this recorder has ended; it may have another one already. */
    void gone(String client);
}
