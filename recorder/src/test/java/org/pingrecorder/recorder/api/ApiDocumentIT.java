package org.pingrecorder.recorder.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.web.router.Router;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestRecorder;
import org.yaml.snakeyaml.Yaml;

class ApiDocumentIT {

    /** The document itself and its pages, and what is no call. */
    private static final Set<String> UNDOCUMENTED =
            Set.of(
                    "GET /",
                    "GET /dashboard/{+path}",
                    "GET /openapi",
                    "GET /swagger-ui",
                    "GET /ws",
                    "GET /live/ws");

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Map<String, Map<String, Map<String, Object>>> paths() {
        Map<String, Map<String, Map<String, Map<String, Object>>>> document =
                new Yaml().load(RECORDER.get("/openapi").expect(200).text());
        return Objects.requireNonNull(document.get("paths"));
    }

    @Test
    void document_namesEveryRouteAndNoOther() {
        Set<String> routes =
                RECORDER.bean(Router.class)
                        .uriRoutes()
                        // GET brings its HEAD along.
                        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                        .map(
                                route ->
                                        route.getHttpMethodName()
                                                + " "
                                                + route.getUriMatchTemplate().toPathString())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        paths().forEach(
                        (path, calls) ->
                                calls.keySet()
                                        .forEach(
                                                method ->
                                                        documented.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path)));
        assertTrue(routes.contains("POST /record-ping/{clientId}"), routes::toString);
        routes.removeAll(UNDOCUMENTED);
        assertEquals(routes, documented);
    }

    @Test
    void batch_isAnObjectWithAnExample() {
        Map<String, Object> schema =
                inside(
                        paths().get("/record-pings/{clientId}"),
                        "post",
                        "requestBody",
                        "content",
                        "application/json",
                        "schema");
        assertEquals("object", schema.get("type"));
        assertEquals("3f0c", inside(schema, "example").get("spool"));
    }

    @SuppressWarnings("unchecked") // objects of the document
    private static Map<String, Object> inside(@Nullable Object document, String... names) {
        Object found = document;
        for (String name : names) {
            found = ((Map<String, Object>) Objects.requireNonNull(found, name)).get(name);
        }
        return (Map<String, Object>) Objects.requireNonNull(found);
    }

    @Test
    void everyCall_hasASummaryAndAnAnswer() {
        paths().forEach(
                        (path, calls) ->
                                calls.forEach(
                                        (method, call) -> {
                                            String summary = (String) call.get("summary");
                                            // Micronaut's own endpoint comes without.
                                            assertFalse(
                                                    (summary == null || summary.isBlank())
                                                            && !path.startsWith("/health"),
                                                    method + " " + path);
                                            assertTrue(call.containsKey("responses"), path);
                                        }));
    }
}
