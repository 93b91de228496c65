package org.pingrecorder.recorder.control;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/** What takes half a minute elsewhere takes a second or two. */
@Singleton
@Replaces(Pace.class)
@Requires(property = "test.fast-pace")
final class FastPace extends Pace {

    static final Map<String, Object> SETTINGS = Map.of("test.fast-pace", true);

    @Override
    Duration ping() {
        return Duration.ofMillis(300);
    }

    @Override
    Duration silence() {
        return Duration.ofSeconds(2);
    }

    @Override
    Duration register() {
        return Duration.ofSeconds(1);
    }

    @Override
    Duration firstResend() {
        return Duration.ofMillis(500);
    }

    @Override
    Duration resend() {
        return Duration.ofMillis(800);
    }

    @Override
    Duration sync() {
        return Duration.ofMillis(500);
    }
}
