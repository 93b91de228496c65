package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void constructor_belowTheFloor_isRefusedWhoeverAsks() {
        Duration second = Duration.ofSeconds(1);

        assertEquals(100_000, new Pace(Duration.ofMillis(100), second, second).intervalMicros());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Pace(Duration.ofNanos(99_999_999), second, second));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Pace(Duration.ZERO, second, Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Pace(second, Duration.ZERO, Duration.ZERO));
    }
}
