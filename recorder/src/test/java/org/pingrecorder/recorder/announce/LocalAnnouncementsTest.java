package org.pingrecorder.recorder.announce;

import org.junit.jupiter.api.AfterAll;

class LocalAnnouncementsTest extends AnnouncementsContract {

    private static final LocalAnnouncements ONE = new LocalAnnouncements();

    @AfterAll
    static void close() {
        ONE.close();
    }

    @Override
    Announcements here() {
        return ONE;
    }

    @Override
    Announcements there() {
        return ONE;
    }
}
