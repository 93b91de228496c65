package org.pingrecorder.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a recorder answered.
 *
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // two answers are never compared
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Json json() {
        return Json.of(body);
    }

    /** A header, empty where it is not. */
    public String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    /** Where the next page is, as the {@code Link} header says. */
    public Optional<String> next() {
        Matcher link = NEXT.matcher(header("link"));
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
    }

    /** Asserts that it has the status; shows the body if not. */
    public Answer expect(int expected) {
        assertEquals(expected, status, this::text);
        return this;
    }

    /** Asserts that it is one problem of that status that says what to do; returns its detail. */
    public String problem(int expected) {
        expect(expected);
        assertEquals("application/problem+json", header("content-type"), this::text);
        Json problem = json();
        assertEquals(expected, problem.at("status").number());
        assertFalse(problem.at("title").text().isBlank());
        String detail = problem.at("detail").text();
        assertFalse(detail.isBlank(), "no detail");
        return detail;
    }

    /** Asserts that it is one problem of that status with that field at fault. */
    public String problem(int expected, String field) {
        String detail = problem(expected);
        assertTrue(json().has("field"), this::text);
        assertEquals(field, json().at("field").text());
        return detail;
    }
}
