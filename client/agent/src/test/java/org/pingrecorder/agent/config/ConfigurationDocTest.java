package org.pingrecorder.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/configuration.md} has every setting of the client, and no other. */
final class ConfigurationDocTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(--[a-z-]+)` \\| `(CLIENT_[A-Z_]+)` \\| `?([^|`]+)`? \\|");

    @Test
    void clientTable_namesEverySettingWithItsFlagVariableAndDefault() throws Exception {
        String page = Files.readString(Path.of("../../docs/configuration.md"));
        TreeSet<String> documented =
                ROW.matcher(page)
                        .results()
                        .map(ConfigurationDocTest::row)
                        .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> real =
                Arrays.stream(Setting.values())
                        .map(s -> s.flag() + " " + s.env() + " " + defaultOf(s))
                        .collect(Collectors.toCollection(TreeSet::new));
        real.add("--config CLIENT_CONFIG client.yml");
        assertEquals(real, documented);
    }

    private static String row(MatchResult row) {
        return row.group(1) + " " + row.group(2) + " " + row.group(3).strip();
    }

    private static String defaultOf(Setting setting) {
        return switch (setting) {
            case RECORDER -> ClientConfig.DEFAULT_RECORDER;
            case CLIENT -> "the machine's name";
            case INTERVAL -> ClientConfig.DEFAULT_INTERVAL;
            case TIMEOUT -> ClientConfig.DEFAULT_TIMEOUT;
            case GRACE -> ClientConfig.DEFAULT_GRACE;
            case FAMILIES -> ClientConfig.DEFAULT_FAMILIES;
            case RESOLVE_EVERY -> ClientConfig.DEFAULT_RESOLVE_EVERY;
            case TARGETS, CUT_OFF_CHECK -> "none";
            case DATA -> ClientConfig.DEFAULT_DATA;
            case UPLOAD_INTERVAL -> ClientConfig.DEFAULT_UPLOAD_INTERVAL;
            case SPOOL_LIMIT -> ClientConfig.DEFAULT_SPOOL_LIMIT;
            case SPOOL_AGE -> ClientConfig.DEFAULT_SPOOL_AGE;
            case MAX_RATE -> ClientConfig.DEFAULT_MAX_RATE;
            case METRICS_INTERVAL -> ClientConfig.DEFAULT_METRICS_INTERVAL;
            case METRICS_FILE, METRICS_COMMAND -> "none";
            case SIZE -> EngineSettings.DEFAULT_SIZE;
            case TTL -> EngineSettings.DEFAULT_TTL;
            case DSCP -> EngineSettings.DEFAULT_DSCP;
            case DONT_FRAGMENT -> EngineSettings.DEFAULT_DONT_FRAGMENT;
            case SOURCE -> "none";
            case ICMP -> EngineSettings.DEFAULT_ICMP;
        };
    }
}
