package org.pingrecorder.recorder.control;

import jakarta.inject.Singleton;
import java.time.Duration;

/** How often things are done on the control channel. */
@Singleton
class Pace {

    /** Each peer gets a WebSocket ping so often. */
    Duration ping() {
        return Duration.ofSeconds(10);
    }

    /** A peer of which nothing was heard for so long is gone. */
    Duration silence() {
        return Duration.ofSeconds(30);
    }

    /** A connection that did not register within this is closed. */
    Duration register() {
        return Duration.ofSeconds(10);
    }

    /** How often clients are asked for their status. */
    Duration status() {
        return Duration.ofSeconds(10);
    }

    /** A plan that is not acknowledged is sent again after this. */
    Duration firstResend() {
        return Duration.ofSeconds(5);
    }

    /** And after this from then on. */
    Duration resend() {
        return Duration.ofSeconds(10);
    }

    /** How often the recorder tells the database that it is there, and compares notes with it. */
    Duration sync() {
        return Duration.ofSeconds(5);
    }
}
