package org.pingrecorder.recorder.hostmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;

/** A database of the version before hosts were measured. */
class HostMigrationIT {

    @RegisterExtension
    static final TestRecorder RECORDER = TestRecorder.on(versionBefore(), Map.of());

    private static TestDatabase versionBefore() {
        TestDatabase database = TestDatabase.create();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .target("4")
                .load()
                .migrate();
        database.execute("INSERT INTO client (name, last_seen) VALUES ('old', now())");
        return database;
    }

    @Test
    void start_onIt_takesMetricsOfClientsThatWereThere() {
        assertEquals("[]", RECORDER.get("/clients/old/metrics").expect(200).text());
        RECORDER.post(
                        "/record-pings/old",
                        "{\"spool\":\"s\",\"batch\":1,\"series\":[],\"metrics\":["
                                + "{\"at\":\"2026-03-01T10:00:00Z\",\"values\":{\"a\":1}}]}")
                .expect(200);
        assertEquals(1, RECORDER.database().number("SELECT count(*) FROM host_upload"));
    }
}
