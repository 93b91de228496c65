package org.pingrecorder.recorder.tasks;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    @Test
    void turn_thatFails_isFollowedByTheNext() {
        AtomicInteger turns = new AtomicInteger();
        try (Background background =
                new Background("of-the-test", Duration.ofMillis(5), () -> fail(turns))) {
            background.start();

            await().until(() -> turns.get() > 3);
        }
    }

    private static void fail(AtomicInteger turns) {
        if (turns.incrementAndGet() % 2 == 0) {
            throw new IllegalStateException("of the test");
        }
        throw new OutOfMemoryError("of the test");
    }
}
