package org.pingrecorder.recorder.control;

import jakarta.inject.Singleton;
import java.util.UUID;

/** What tells this run of this recorder from all others on the database. */
@Singleton
public final class RecorderId {

    private final String text = UUID.randomUUID().toString();

    public String text() {
        return text;
    }
}
