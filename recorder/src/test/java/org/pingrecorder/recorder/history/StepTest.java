package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.samples.Hours;

class StepTest {

    private static Window window(String start, String end) {
        return new Window(Instant.parse(start), Instant.parse(end));
    }

    private static List<String> starts(String start, String end, String step, String zone) {
        Buckets buckets = Buckets.of(window(start, end), Step.parse(step), ZoneId.of(zone), 1_000);
        return IntStream.range(0, buckets.count())
                .mapToObj(i -> Hours.instant(buckets.startMicros(i)).toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // An hour or two around each edge, and what begins in between.
        "1s, UTC, 2024-06-01T00:00:00.500Z, 2024-06-01T00:00:01Z",
        "7h, UTC, 2024-06-01T21:30:00Z, 2024-06-02T00:00:00Z",
        "1d, Asia/Kolkata, 2024-06-01T12:00:00Z, 2024-06-01T18:30:00Z",
        "1w, UTC, 2024-06-02T00:00:00Z, 2024-06-03T00:00:00Z",
        "1month, Europe/Berlin, 2024-06-30T21:00:00Z, 2024-06-30T22:00:00Z",
        "3month, UTC, 2024-06-30T00:00:00Z, 2024-07-01T00:00:00Z",
        "1y, America/New_York, 2024-12-31T12:00:00Z, 2025-01-01T05:00:00Z",
    })
    void buckets_beginAtTheStartAndAtEachEdge(String step, String zone, String start, String edge) {
        String end = Instant.parse(edge).plusMillis(1).toString();
        assertEquals(List.of(start, edge), starts(start, end, step, zone));
        assertEquals(List.of(start), starts(start, edge, step, zone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2023-12-31T23:59:59.900Z"})
    void window_isOneBucket_howeverLongItIs(String start) {
        assertEquals(List.of(start), starts(start, "9999-12-31T00:00:00Z", "window", "Asia/Tokyo"));
        assertEquals("window", Step.parse("window").toString());
        assertTrue(Step.parse("window").isOfHours());
    }

    @Test
    void days_onWhichClocksChange_have23And25Hours() {
        assertEquals(
                List.of("2024-03-29T23:00:00Z", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"),
                starts("2024-03-29T23:00:00Z", "2024-04-01T00:00:00Z", "1d", "Europe/Berlin"));
        assertEquals(
                List.of("2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"),
                starts("2024-10-26T22:00:00Z", "2024-10-28T00:00:00Z", "1d", "Europe/Berlin"));
        assertEquals(
                25,
                starts("2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z", "1h", "Europe/Berlin")
                        .size());
    }

    @Test
    void everyTime_isInTheBucketThatContainsIt() {
        Window window = window("2024-03-30T13:17:11.000001Z", "2024-04-02T01:02:03Z");
        Buckets buckets =
                Buckets.of(window, Step.parse("7m"), ZoneId.of("Europe/Berlin"), 1_000_000);
        assertEquals(Hours.micros(window.start()), buckets.startMicros());
        assertEquals(Hours.micros(window.end()), buckets.endMicros());
        for (int i = 0; i < buckets.count(); i++) {
            assertTrue(buckets.startMicros(i) < buckets.endMicros(i), "bucket " + i);
            assertEquals(i, buckets.of(buckets.startMicros(i)));
            assertEquals(i, buckets.of(buckets.endMicros(i) - 1));
        }
    }

    @Test
    void cutHours_areThoseThatAnEdgeIsWithin() {
        Window window = window("2024-06-01T00:10:00Z", "2024-06-01T04:00:00Z");
        Buckets buckets = Buckets.of(window, Step.parse("1h"), ZoneId.of("Asia/Kolkata"), 1_000);
        assertEquals(
                List.of("00", "01", "02", "03"),
                buckets.cutHours().stream()
                        .map(hour -> Hours.instant(hour).toString().substring(11, 13))
                        .toList());
        Buckets utc = Buckets.of(window, Step.parse("2h"), ZoneId.of("UTC"), 1_000);
        assertEquals(1, utc.cutHours().size());
    }

    @Test
    void tooManyBuckets_areNotAllMade() {
        Buckets buckets = Buckets.of(Window.ALWAYS, Step.parse("1s"), ZoneId.of("UTC"), 1_000);
        assertTrue(buckets.count() > 1_000);
        assertTrue(buckets.count() < 1_010);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H,10s",
        "PT24H,5m",
        "PT168H,30m",
        "P31D,2h",
        "P366D,1d",
        "P3660D,1month",
        "PT1S,1s"
    })
    void fittingStep_isRoundAndGivesAtMost400(String length, String step) {
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        Window window = new Window(start, start.plus(Duration.parse(length)));
        assertEquals(Step.parse(step), Step.fitting(window));
        assertTrue(
                Buckets.of(window, Step.fitting(window), ZoneId.of("UTC"), 1_000).count() <= 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "m",
                "0m",
                "-1m",
                "1.5h",
                "25h",
                "2y",
                "367d",
                "1M",
                "5 m",
                "99999999999s"
            })
    void parse_ofAnythingElse_saysWhatToWrite(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Step.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains("such as 5m"));
    }
}
