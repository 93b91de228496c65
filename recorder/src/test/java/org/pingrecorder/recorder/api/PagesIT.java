package org.pingrecorder.recorder.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.TestRecorder;

/** The pages work on a machine that reaches nothing but the recorder. */
class PagesIT {

    /** XML namespaces are names, not addresses. */
    private static final Pattern OUTSIDE =
            Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/)[a-z0-9-]+\\.[a-z]{2,}");

    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/dashboard/app.js, text/javascript",
        "/dashboard/styles/dashboard.css, text/css",
        "/dashboard/icon.svg, image/svg+xml",
        "/swagger-ui/index.html, text/html",
        "/swagger-ui/show.js, text/javascript",
    })
    void page_hasItsTypeAndNamesNoOutsideAddress(String path, String type) {
        Answer answer = RECORDER.get(path).expect(200);
        String served =
                answer.header("content-type").replace("application/javascript", "text/javascript");
        assertTrue(served.startsWith(type), served);
        List<String> outside =
                OUTSIDE.matcher(answer.text()).results().map(MatchResult::group).toList();
        assertEquals(List.of(), outside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/swagger-ui/index.html"})
    void everythingAPageLoads_isThere(String path) {
        List<String> loaded =
                LOADED.matcher(RECORDER.get(path).expect(200).text())
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertFalse(loaded.isEmpty());
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        for (String file : loaded) {
            Answer answer = RECORDER.get(file.startsWith("/") ? file : folder + file);
            assertTrue(answer.status() == 200 || answer.status() == 307, file);
        }
    }

    @Test
    void swaggerUi_asksNoOutsideValidator() {
        assertTrue(RECORDER.get("/swagger-ui/show.js").text().contains("validatorUrl: null"));
        Answer answer = RECORDER.get("/swagger-ui").expect(307);
        assertEquals("/swagger-ui/index.html", answer.header("location"));
    }
}
