package org.pingrecorder.recorder.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class PlanImportIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();
    private static final Plans PLANS = new Plans(RECORDER);

    private static final String TEXT =
            """
            # sites
            192.0.2.1 Core
            192.0.2.300
            a.example families=both interval=500ms tags=x,y name=rack=4

            192.0.2.2 interval=10h
            """;

    private static void assertCounts(Json change, int added, int changed, int kept, int removed) {
        assertEquals(added, change.at("added").number(), change::toString);
        assertEquals(changed, change.at("changed").number(), change::toString);
        assertEquals(kept, change.at("kept").number(), change::toString);
        assertEquals(removed, change.at("removed").number(), change::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients/site", "/tags/site"})
    void import_storesTheLinesItCanReadAndListsTheOthers(String owner) {
        Json change = PLANS.importText(owner, "", TEXT).expect(200).json();
        assertCounts(change, 3, 0, 0, 0);
        assertEquals(2, change.at("invalid").number());
        assertEquals(3, change.at("faults").at(0).at("line").number());
        assertTrue(change.at("faults").at(0).at("message").text().contains("192.0.2.300"));
        assertEquals(6, change.at("faults").at(1).at("line").number());
        assertTrue(change.at("faults").at(1).at("message").text().contains("interval"));
        assertEquals(
                """
                192.0.2.1 Core
                a.example interval=500ms families=ipv4 tags=x,y name=rack=4
                a.example interval=500ms families=ipv6 tags=x,y name=rack=4
                """,
                PLANS.export(owner));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?replace=true", "?replace=false"})
    void import_ofAnExport_keepsEverything(String query) {
        PLANS.importText("/clients/round", "", TEXT).expect(200);
        Json before = PLANS.get("/clients/round");
        String exported = PLANS.export("/clients/round");
        Json change = PLANS.importText("/clients/round", query, exported).expect(200).json();
        assertCounts(change, 0, 0, 3, 0);
        assertEquals(before, PLANS.get("/clients/round"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients/none", "/tags/none"})
    void import_ofNothing_saysWhatToSend(String owner) {
        String detail = PLANS.importText(owner, "", "").problem(400, "body");
        assertTrue(detail.contains("an address or host name a line"), detail);
    }

    @Test
    void import_addsAndReplacesOnlyIfAsked() {
        PLANS.importText("/clients/adds", "", "192.0.2.1 one\n192.0.2.2 two\n").expect(200);
        Json added =
                PLANS.importText("/clients/adds", "", "192.0.2.1\n192.0.2.2 zwei\n::3\n").json();
        assertCounts(added, 1, 1, 1, 0);
        assertEquals("192.0.2.1 one\n192.0.2.2 zwei\n::3\n", PLANS.export("/clients/adds"));

        Json replaced = PLANS.importText("/clients/adds", "?replace=true", "192.0.2.1\n::4").json();
        assertCounts(replaced, 1, 1, 0, 2);
        assertEquals("192.0.2.1\n::4\n", PLANS.export("/clients/adds"));

        Json emptied = PLANS.importText("/clients/adds", "?replace=true", "# none").json();
        assertCounts(emptied, 0, 0, 0, 2);
        assertEquals("", PLANS.export("/clients/adds"));
    }

    @Test
    void import_asATrial_countsAndStoresNothing() {
        PLANS.importText("/clients/trial", "", "192.0.2.1\n").expect(200);
        Json before = PLANS.get("/clients/trial");
        Json change =
                PLANS.importText("/clients/trial", "?dry_run=true&replace=true", "::1\n::2 x\nx..y")
                        .expect(200)
                        .json();
        assertCounts(change, 2, 0, 0, 1);
        assertEquals(1, change.at("invalid").number());
        assertEquals(before.at("revision"), change.at("revision"));
        assertEquals(before, PLANS.get("/clients/trial"));

        PLANS.importText("/clients/prepared", "?dry_run=true", "::1").expect(200);
        RECORDER.get("/clients/prepared/plan").problem(404);
    }

    @Test
    void import_thatReplacesByNothingReadable_isRefused() {
        PLANS.importText("/clients/kept", "", "192.0.2.1\n").expect(200);
        PLANS.importText("/clients/kept", "?replace=true", "\n{\"targets\":[]}\n")
                .problem(400, "line 2");
        assertEquals("192.0.2.1\n", PLANS.export("/clients/kept"));
        Json change = PLANS.importText("/clients/kept", "", "{}").expect(200).json();
        assertEquals(1, change.at("invalid").number());
    }

    @Test
    void import_ofAnythingElse_isRefusedByItsPlace() {
        byte[] latin1 = {
            '1',
            '9',
            '2',
            '.',
            '0',
            '.',
            '2',
            '.',
            '1',
            '\r',
            '\n',
            ':',
            ':',
            '1',
            ' ',
            (byte) 0xe4,
            '\n'
        };
        RECORDER.post("/clients/bad/plan/import", BodyPublishers.ofByteArray(latin1), "text/plain")
                .problem(400, "line 2");
        RECORDER.post("/clients/bad/plan/import", "{}").problem(415);
        PLANS.importText("/clients/bad", "?replace=yes", "::1").problem(400, "replace");
        PLANS.importText("/clients/bad", "?dryrun=true", "::1").problem(400, "dryrun");
        PLANS.importText("/clients/bad", "", "#\n".repeat(PlanText.MOST_LINES + 1)).problem(413);
        RECORDER.get("/clients/bad/plan").problem(404);
    }

    @Test
    void import_listsAThousandFaultsAndCountsAll() {
        Json change = PLANS.importText("/clients/faulty", "", "x..y\n".repeat(1_500)).json();
        assertEquals(1_500, change.at("invalid").number());
        assertEquals(1_000, change.at("faults").size());
    }

    @Test
    void export_isText() {
        PLANS.importText("/clients/text", "", "::1 Käse\n").expect(200);
        assertEquals(
                "text/plain;charset=utf-8",
                RECORDER.get("/clients/text/plan/export").header("content-type"));
        assertEquals("::1 Käse\n", PLANS.export("/clients/text"));
    }
}
