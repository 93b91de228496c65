package org.pingrecorder.recorder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} and the recorder's help have every setting, and no other. */
final class ConfigurationDocTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(RECORDER_[A-Z_]+)` \\|");
    private static final Pattern HELP = Pattern.compile("(?m)^ +(RECORDER_[A-Z_]+)(?: |$)");

    @Test
    void configurationPage_namesEverySetting() throws Exception {
        assertEquals(settings(), names(ROW, Path.of("../docs/configuration.md")));
    }

    @Test
    void help_namesEverySetting() throws Exception {
        assertEquals(
                settings(),
                names(HELP, Path.of("src/main/java/org/pingrecorder/recorder/Main.java")));
    }

    private static Set<String> settings() {
        Set<String> settings = new TreeSet<>(Set.of("RECORDER_CONFIG"));
        RecorderConfig.KEYS.forEach(
                key -> settings.add("RECORDER_" + key.toUpperCase(Locale.ROOT).replace('-', '_')));
        return settings;
    }

    private static Set<String> names(Pattern pattern, Path file) throws Exception {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
