package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00.5Z");

    private static Query query(String text) {
        return Query.of(
                HttpRequest.GET("/x?" + text), Set.of("a", "limit", "start", "end", "cursor"));
    }

    private static String faultOf(Runnable read) {
        return String.valueOf(assertThrows(Fault.class, read::run).field());
    }

    @Test
    void unknownParameter_isAFault() {
        assertEquals("b", faultOf(() -> query("a=1&b=2")));
        assertEquals("A", faultOf(() -> query("A=1")));
    }

    @Test
    void unknownParameter_ofACallThatHasNone_saysSo() {
        Fault fault =
                assertThrows(Fault.class, () -> Query.of(HttpRequest.GET("/x?foo=1"), Set.of()));
        assertEquals("This call has no parameter 'foo'; it has none.", fault.detail());
    }

    @Test
    void nul_isAFault() {
        assertEquals("a", faultOf(() -> query("a=x&a=y%00z")));
    }

    @Test
    void text_thatIsEmpty_isAbsentAndTwoAreAFault() {
        assertEquals(Optional.empty(), query("a=").text("a"));
        assertEquals(Optional.empty(), query("").text("a"));
        assertEquals(Optional.of("x y"), query("a=x%20y").text("a"));
        assertEquals("a", faultOf(() -> query("a=1&a=2").text("a")));
    }

    @Test
    void texts_areAllThatAreNotEmpty() {
        assertEquals(List.of("1", "2"), query("a=1&a=&a=2").texts("a", Function.identity()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "1.5", "x", "9999999999", "+1", "٣"})
    void limit_outOfBounds_isAFault(String limit) {
        assertEquals("limit", faultOf(() -> query("limit=" + limit).limit(100)));
    }

    @Test
    void limit_withinBounds_isTaken() {
        assertEquals(OptionalInt.of(1), query("limit=1").limit(100));
        assertEquals(OptionalInt.of(100), query("limit=0100").limit(100));
        assertEquals(OptionalInt.empty(), query("").limit(100));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-06-01T00:00:00Z,             2024-06-01T00:00:00Z",
        "2024-06-01T00:00:00.123456789Z,   2024-06-01T00:00:00.123456789Z",
        "2024-06-01T02:00+02:00,           2024-06-01T00:00:00Z",
        "2024-06-01T02:00 02:00,           2024-06-01T00:00:00Z",
        "1970-01-01T00:00:00Z,             1970-01-01T00:00:00Z",
        "9999-12-31T00:00:00Z,             9999-12-31T00:00:00Z",
    })
    void instant_isIsoWithOffset(String text, String instant) {
        assertEquals(Instant.parse(instant), Query.instant(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2024-06-01",
                "2024-06-01T00:00:00",
                "2024-02-30T00:00:00Z",
                "1717200000",
                "1969-12-31T23:59:59.999999Z",
                "9999-12-31T00:00:00.000001Z",
                "+999999999-12-31T23:59:59-18:00",
                "-999999999-01-01T00:00:00+18:00",
            })
    void instant_ofAnythingElse_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Query.instant(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                           2024-06-01T11:00:00.5Z, 2024-06-01T12:00:00.5Z",
        "end=2024-01-01T01:00:00Z,     2024-01-01T00:00:00Z,   2024-01-01T01:00:00Z",
        "start=2024-06-01T00:00:00Z,   2024-06-01T00:00:00Z,   2024-06-01T12:00:00.5Z",
        "start=2024-06-02T00:00:00Z,   2024-06-02T00:00:00Z,   2024-06-02T00:00:00Z",
        "end=1970-01-01T00:00:00Z,     1969-12-31T23:00:00Z,   1970-01-01T00:00:00Z",
    })
    void window_isUpToNowAndAnHourLongWhereNotSaid(String text, String start, String end) {
        Window window = Window.of(query(text), NOW);
        assertEquals(new Window(Instant.parse(start), Instant.parse(end)), window);
    }

    @Test
    void window_thatEndsBeforeItStarts_isAFault() {
        Query backwards = query("start=2024-06-02T00:00:00Z&end=2024-06-01T00:00:00Z");
        assertEquals("end", faultOf(() -> Window.of(backwards, NOW)));
    }
}
