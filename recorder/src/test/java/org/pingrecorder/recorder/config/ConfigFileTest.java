package org.pingrecorder.recorder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

    @TempDir Path folder;

    private Optional<PropertySource> read(String text) throws IOException, StartFailure {
        Path file = Files.writeString(folder.resolve("r.yml"), text);
        return ConfigFile.read(Map.of("RECORDER_CONFIG", file.toString()));
    }

    private String failure(String text) {
        StartFailure failure = assertThrows(StartFailure.class, () -> read(text));
        String message = String.valueOf(failure.getMessage());
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains(folder.resolve("r.yml").toString()), message);
        return message;
    }

    @Test
    void file_isRead() throws IOException, StartFailure {
        String text = "recorder:\n  port: 5002\n  names: [a, b]\nmicronaut:\n  x: 1\n";
        PropertySource source = read(text).orElseThrow();
        assertEquals(5002, source.get("recorder.port"));
        assertEquals(1, source.get("micronaut.x"));
    }

    @Test
    void file_yieldsToTheEnvironment() throws IOException, StartFailure {
        PropertySource source = read("recorder:\n  open: true\n").orElseThrow();
        assertTrue(source.getOrder() < EnvironmentPropertySource.POSITION);
    }

    @Test
    void file_thatIsEmpty_saysNothing() throws IOException, StartFailure {
        assertTrue(read("# all as it is\n").isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recorder:\n  prot: 1",
                "recorder:\n  names:\n    x: y\n  Port: 1",
                "recorder.hots: a",
                "port: 5001",
                "Recorder:\n  port: 5001"
            })
    void key_thatIsUnknown_isNamedWithTheKnownOnes(String text) {
        String message = failure(text);
        assertTrue(message.contains("unknown key ") && message.contains("port"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recorder: [",
                "recorder:\n\tport: 1",
                "a: b: c",
                "\"x",
                "recorder:\n  port: 1\n  port: 2",
                "!!java.net.URL [x]",
                "- 1\n- 2",
                "text"
            })
    void yaml_thatIsMalformed_saysWhere(String text) {
        assertTrue(failure(text).contains("is not valid YAML"));
    }

    @Test
    void file_thatIsNamedButNotThere_isAFailure() {
        String missing = folder.resolve("missing.yml").toString();
        StartFailure failure =
                assertThrows(
                        StartFailure.class,
                        () -> ConfigFile.read(Map.of("RECORDER_CONFIG", missing)));
        assertTrue(String.valueOf(failure.getMessage()).contains(missing));
    }

    @Test
    void file_thatNobodyNamed_mayBeMissing() throws StartFailure {
        assertTrue(ConfigFile.read(Map.of()).isEmpty());
    }
}
