package org.pingrecorder.wire.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskBoundsTest {

    private static Task task(int targets, long intervalMs, int count, long timeoutMs) {
        return new Task(
                "t", Collections.nCopies(targets, "192.0.2.1"), intervalMs, count, timeoutMs);
    }

    @ParameterizedTest
    @CsvSource({"1, 100, 1, 10", "1000, 60000, 1000, 60000", "1, 1000, 3, 10000"})
    void problem_withinBounds_isNone(int targets, long intervalMs, int count, long timeoutMs) {
        assertNull(TaskBounds.problem(task(targets, intervalMs, count, timeoutMs)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000, 3, 1000",
        "1001, 1000, 3, 1000",
        "1, 99, 3, 1000",
        "1, 60001, 3, 1000",
        "1, 1000, 0, 1000",
        "1, 1000, 1001, 1000",
        "1, 1000, 3, 9",
        "1, 1000, 3, 60001",
        "1, -9223372036854775808, 3, 1000"
    })
    void problem_outOfBounds_isTold(int targets, long intervalMs, int count, long timeoutMs) {
        assertNotNull(TaskBounds.problem(task(targets, intervalMs, count, timeoutMs)));
    }

    @Test
    void problem_targetThatIsNoHost_isTold() {
        assertNotNull(TaskBounds.problem(new Task("t", List.of("-x"), 1_000, 3, 1_000)));
    }

    @Test
    void pingsPerSecond_isRoundedUp() {
        assertEquals(1, TaskBounds.pingsPerSecond(task(1, 60_000, 1, 10)));
        assertEquals(10_000, TaskBounds.pingsPerSecond(task(1_000, 100, 1, 10)));
        assertEquals(4, TaskBounds.pingsPerSecond(task(1, 300, 1, 10)));
    }
}
