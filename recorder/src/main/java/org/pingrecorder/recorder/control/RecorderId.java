package org.pingrecorder.recorder.control;

import jakarta.inject.Singleton;
import java.util.UUID;

/** What tells this run of this recorder from all others on the database. */
@Singleton
final class RecorderId {

    private final String text = UUID.randomUUID().toString();

    String text() {
        return text;
    }
}
