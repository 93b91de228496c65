package org.pingrecorder.recorder.intake;

import java.util.List;

/** Hears of pings when they are durable. */
public interface StoredListener {

    /**
     * These were stored. It is the thread that stores all pings which calls: it must return at once
     * and not throw.
     */
    void stored(List<StoredUpload> uploads);
}
