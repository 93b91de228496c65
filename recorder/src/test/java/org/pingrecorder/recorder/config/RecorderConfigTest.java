package org.pingrecorder.recorder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourcePropertyResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderConfigTest {

    private static RecorderConfig read(Map<String, Object> values) throws StartFailure {
        return RecorderConfig.read(
                new PropertySourcePropertyResolver(PropertySource.of("test", values)));
    }

    private static List<String> problems(Map<String, Object> values) {
        StartFailure failure = assertThrows(StartFailure.class, () -> read(values));
        return String.valueOf(failure.getMessage()).lines().toList();
    }

    @Test
    void read_ofNothing_isTheDefaults() throws StartFailure {
        assertEquals(
                new RecorderConfig(
                        "127.0.0.1",
                        5001,
                        false,
                        List.of(),
                        Path.of("data"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                read(Map.of()));
    }

    @Test
    void read_ofEverything_isWhatItSays() throws StartFailure {
        assertEquals(
                new RecorderConfig(
                        "0.0.0.0",
                        65535,
                        true,
                        List.of("a.example", "b"),
                        Path.of("/srv/x"),
                        Optional.of(Duration.ofDays(90)),
                        Optional.of(Duration.ofDays(3650)),
                        Optional.of(
                                new RecorderConfig.Database("jdbc:postgresql://h/d", "u", "p"))),
                read(
                        Map.of(
                                "recorder.host", " 0.0.0.0 ",
                                "recorder.port", "65535",
                                "recorder.open", "TRUE",
                                "recorder.names", "A.example, b,",
                                "recorder.data", "/srv/x",
                                "recorder.keep-pings", "90d",
                                "recorder.keep-summaries", "3650d",
                                "datasources.default.url", "jdbc:postgresql://h/d",
                                "datasources.default.username", "u",
                                "datasources.default.password", "p")));
    }

    @Test
    void read_ofManyProblems_tellsAllOfThemAtOnce() {
        List<String> problems =
                problems(
                        Map.of(
                                "recorder.host", "192.0.2.1",
                                "recorder.port", "65536",
                                "recorder.open", "maybe",
                                "datasources.default.url", "mysql://h/d?password=secret"));
        assertEquals(4, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("RECORDER_PORT is '65536'"));
        assertTrue(problems.get(1).contains("RECORDER_OPEN is 'maybe'"));
        assertTrue(problems.get(2).contains("RECORDER_OPEN=true"));
        assertTrue(problems.get(3).contains("jdbc:postgresql://host:5432/database"));
        assertFalse(problems.get(3).contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", "5001.0", "123456", "0x10"})
    void port_thatIsNone_isAProblem(String port) {
        assertEquals(1, problems(Map.of("recorder.port", port)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "36501d", "90", "-1d", "1.5d", "1y", "for ever", "999999d"})
    void keepPings_thatIsNoNumberOfDays_isAProblem(String age) {
        List<String> problems = problems(Map.of("recorder.keep-pings", age));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("RECORDER_KEEP_PINGS is '" + age + "'"));
    }

    @Test
    void keepSummaries_mustNotBeLessThanPings() throws StartFailure {
        assertEquals(1, problems(Map.of("recorder.keep-summaries", "90d")).size());
        assertEquals(
                1,
                problems(Map.of("recorder.keep-pings", "91d", "recorder.keep-summaries", "90d"))
                        .size());
        RecorderConfig same =
                read(Map.of("recorder.keep-pings", "90d", "recorder.keep-summaries", "90d"));
        assertEquals(same.keepPings(), same.keepSummaries());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1"})
    void host_beyondLoopback_needsOpen(String host) throws StartFailure {
        assertEquals(1, problems(Map.of("recorder.host", host)).size());
        assertEquals(host, read(Map.of("recorder.host", host, "recorder.open", "true")).host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "localhost"})
    void host_onLoopback_needsNothing(String host) throws StartFailure {
        assertEquals(host, read(Map.of("recorder.host", host)).host());
    }
}
