package org.pingrecorder.recorder.announce;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.DatabaseProxy;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;

class PostgresAnnouncementsIT extends AnnouncementsContract {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final DatabaseProxy LINE = new DatabaseProxy(DATABASE);

    @RegisterExtension static final TestRecorder HERE = TestRecorder.on(DATABASE, Map.of());

    @RegisterExtension static final TestRecorder THERE = TestRecorder.on(LINE.database(), Map.of());

    @AfterAll
    static void close() {
        LINE.close();
    }

    @Override
    Announcements here() {
        return HERE.bean(Announcements.class);
    }

    @Override
    Announcements there() {
        return THERE.bean(Announcements.class);
    }

    @Test
    void announcements_quicklyOneAfterTheOther_goOutTogether() {
        Heard heard = new Heard();
        there().listen("plan", heard);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add("c" + i);
            here().announce("plan", List.of("c" + i));
        }
        await().until(() -> heard.keys.containsAll(keys));
        assertTrue(heard.calls.get() < 100, () -> heard.calls + " calls");
    }

    @Test
    void listener_thatMissedSomething_isToldThatAnythingMayHaveChanged() {
        Heard heard = new Heard();
        there().listen("plan", heard);
        LINE.cut();
        try {
            here().announce("plan", List.of("missed"));
        } finally {
            LINE.mend();
        }
        await().until(() -> heard.anything.get() > 0);
        here().announce("plan", List.of("heard"));
        await().until(() -> heard.keys.contains("heard"));
    }

    @Test
    void announcement_madeWhileTheDatabaseIsAway_goesOutWhenItIsBack() {
        Heard heard = new Heard();
        here().listen("plan", heard);
        LINE.cut();
        try {
            there().announce("plan", List.of("late"));
        } finally {
            LINE.mend();
        }
        await().until(() -> heard.keys.contains("late"));
        assertTrue(heard.calls.get() > 0);
    }
}
