package org.pingrecorder.recorder.live;

/** Takes what waits for one listener to wherever it is. Thread-safe. */
interface Outlet {

    /** Something waits. Must not block. */
    void wake();

    /** Nothing more comes. Must not block. */
    void end();
}
