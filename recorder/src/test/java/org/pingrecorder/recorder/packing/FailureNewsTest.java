package org.pingrecorder.recorder.packing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureNewsTest {

    private static final long MINUTE = 60_000_000_000L;
    private static final long START = -5 * MINUTE;

    private final FailureNews news = new FailureNews();

    private static SQLException notPacked(String client, Throwable cause) {
        return new SQLException("The uploads of " + client + " are not packed", cause);
    }

    @Test
    void sameFailure_isToldAgainEveryTenMinutes() {
        assertTrue(news.isNews(notPacked("one", new OutOfMemoryError("a")), START));
        for (int minute = 1; minute < 10; minute++) {
            long now = START + minute * MINUTE;
            assertFalse(news.isNews(notPacked("one", new OutOfMemoryError("b")), now));
        }
        assertTrue(news.isNews(notPacked("one", new OutOfMemoryError("c")), START + 10 * MINUTE));
        assertFalse(news.isNews(notPacked("one", new OutOfMemoryError("d")), START + 11 * MINUTE));
    }

    @Test
    void anotherCause_isToldAtOnce() {
        assertTrue(news.isNews(notPacked("one", new SQLException("full", "53100")), START));
        assertTrue(news.isNews(notPacked("one", new SQLException("broken", "XX001")), START));
        assertTrue(news.isNews(notPacked("two", new SQLException("broken", "XX001")), START));
        assertFalse(news.isNews(notPacked("two", new SQLException("broken", "XX001")), START));
        SQLException both = notPacked("two", new SQLException("broken", "XX001"));
        both.addSuppressed(new SQLException("The hour is not merged", new OutOfMemoryError()));
        assertTrue(news.isNews(both, START));
    }

    @Test
    void failureAfterItsEnd_isNewsAgain() {
        assertFalse(news.hasEnded());
        assertTrue(news.isNews(new SQLException("away"), START));
        assertTrue(news.hasEnded());
        assertFalse(news.hasEnded());
        assertTrue(news.isNews(new SQLException("away"), START));
    }
}
