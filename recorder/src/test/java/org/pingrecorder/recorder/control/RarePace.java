package org.pingrecorder.recorder.control;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/** The recorder compares notes with the database only when it is told to. */
@Singleton
@Replaces(Pace.class)
@Requires(property = "test.rare-pace")
final class RarePace extends Pace {

    static final Map<String, Object> SETTINGS = Map.of("test.rare-pace", true);

    @Override
    Duration sync() {
        return Duration.ofHours(1);
    }
}
