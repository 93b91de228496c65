package org.pingrecorder.recorder.tasks;

import java.util.Locale;

/** Why a client does not do a task, or not all of it. */
enum Reason {
    UNKNOWN,
    NOT_CONNECTED,
    WENT_AWAY,
    FAILED,
    NO_ANSWER;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
