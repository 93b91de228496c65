package org.pingrecorder.recorder.dashboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.TestRecorder;

class DashboardIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/dashboard/app.js, text/javascript; charset=utf-8",
        "/dashboard/lib/vue.js, text/javascript; charset=utf-8",
        "/dashboard/lib/echarts.js, text/javascript; charset=utf-8",
        "/dashboard/lib/themes/bootstrap.css, text/css; charset=utf-8",
        "/dashboard/lib/themes/darkly.css, text/css; charset=utf-8",
        "/dashboard/i18n/vi.json, application/json",
        "/dashboard/icon.svg, image/svg+xml",
    })
    void file_hasItsTypeAndIsAllowedNothingInlineAndNothingOutside(String path, String type) {
        Answer answer = RECORDER.get(path).expect(200);
        assertEquals(type, answer.header("content-type"));
        assertEquals("nosniff", answer.header("x-content-type-options"));
        String policy = answer.header("content-security-policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void themes_loadNoFontsFromOutside() {
        String sheet = RECORDER.get("/dashboard/lib/themes/lux.css").expect(200).text();
        assertTrue(sheet.contains("Theme: lux"));
        assertFalse(sheet.contains("@import"));
    }

    @Test
    void languages_areTheMessageFiles() {
        String languages = RECORDER.get("/dashboard/lib/languages.json").expect(200).text();
        assertEquals("[\"en\",\"vi\"]", languages);
    }

    @Test
    void file_thatTheBrowserHas_isNotSentAgain() {
        String tag = RECORDER.get("/dashboard/app.js").expect(200).header("etag");
        Answer again = RECORDER.get("/dashboard/app.js", "If-None-Match", tag).expect(304);
        assertEquals(0, again.body().length);
        assertEquals("no-cache", again.header("cache-control"));
        RECORDER.get("/dashboard/app.js", "If-None-Match", "W/\"another\"").expect(200);
    }

    @Test
    void file_isPackedForWhoTakesThat() throws IOException {
        Answer plain = RECORDER.get("/dashboard/lib/vue.js").expect(200);
        Answer packed = RECORDER.get("/dashboard/lib/vue.js", "Accept-Encoding", "gzip");
        assertEquals("gzip", packed.expect(200).header("content-encoding"));
        assertEquals("Accept-Encoding", packed.header("vary"));
        assertTrue(packed.body().length < plain.body().length / 2);
        try (GZIPInputStream unpacked =
                new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertArrayEquals(plain.body(), unpacked.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard/nothing.js",
                "/dashboard/",
                "/dashboard/views",
                "/dashboard/../application.yml",
                "/dashboard/..%2Fapplication.yml",
                "/dashboard/..%2Flogback.xml",
                "/dashboard/%2e%2e/swagger-ui/show.js",
                "/dashboard/..%2Fswagger-ui%2Fshow.js",
                "/dashboard//etc/hosts.js",
                "/dashboard/lib/..%5C..%5Cswagger-ui/show.js",
                "/app.js",
                "/index.html",
            })
    void whatIsNotThere_isNotFound(String path) {
        assertTrue(RECORDER.get(path).problem(404).length() > 0);
    }

    @Test
    void page_forWhoTakesNoHtml_isAProblem() {
        RECORDER.get("/", "Accept", "application/json").problem(406);
    }

    @Test
    void calls_areAsTheyWereBesideThePage() {
        RECORDER.get("/record-ping/site1").problem(405);
        RECORDER.get("/no-such-call").problem(404);
        assertEquals("[]", RECORDER.get("/ips").expect(200).text());
    }
}
