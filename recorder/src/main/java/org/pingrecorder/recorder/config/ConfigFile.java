package org.pingrecorder.recorder.config;

import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The recorder's YAML file: {@code RECORDER_CONFIG}, or {@code recorder.yml} if it is there. */
public final class ConfigFile {

    private static final Path DEFAULT = Path.of("recorder.yml");

    /** What Micronaut reads by itself; {@code datasources} names a database as the variables do. */
    private static final Set<String> FRAMEWORK_SECTIONS =
            Set.of("datasources", "micronaut", "netty", "flyway", "endpoints", "logger");

    private static final int BELOW_ENVIRONMENT = EnvironmentPropertySource.POSITION - 10;

    private ConfigFile() {}

    /** Reads the file; environment variables win over what it says. */
    public static Optional<PropertySource> read(Map<String, String> environment)
            throws StartFailure {
        String named = environment.getOrDefault("RECORDER_CONFIG", "");
        Path file = named.isEmpty() ? DEFAULT : Path.of(named);
        if (named.isEmpty() && !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            byte[] text = Files.readAllBytes(file);
            checkForm(text);
            Map<String, Object> values =
                    new YamlPropertySourceLoader()
                            .read(file.toString(), new ByteArrayInputStream(text));
            checkKeys(file, values);
            return Optional.of(PropertySource.of(file.toString(), values, BELOW_ENVIRONMENT));
        } catch (IOException e) {
            throw new StartFailure(
                    "The configuration file "
                            + file.toAbsolutePath()
                            + " cannot be read ("
                            + e
                            + "); set RECORDER_CONFIG to one that can.",
                    e);
        } catch (RuntimeException e) { // what the YAML parser throws is not part of its interface
            throw new StartFailure(
                    "The configuration file "
                            + file.toAbsolutePath()
                            + " is not valid YAML: "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
                    e);
        }
    }

    /** What Micronaut's loader would pass over: a doubled key, and a file that is no mapping. */
    private static void checkForm(byte[] text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Object root =
                new Yaml(new SafeConstructor(strict))
                        .load(new String(text, StandardCharsets.UTF_8));
        if (root != null && !(root instanceof Map)) {
            throw new IllegalArgumentException("write 'recorder:' and indented keys below it");
        }
    }

    private static void checkKeys(Path file, Map<String, Object> values) throws StartFailure {
        for (String key : new TreeSet<>(values.keySet())) {
            int dot = key.indexOf('.');
            String section = dot < 0 ? "" : key.substring(0, dot);
            String name = key.substring(dot + 1).replaceAll("\\[\\d+\\]$", "");
            boolean known =
                    section.equals("recorder")
                            ? RecorderConfig.KEYS.contains(name)
                            : FRAMEWORK_SECTIONS.contains(section);
            if (!known) {
                throw new StartFailure(
                        "The configuration file "
                                + file.toAbsolutePath()
                                + " has the unknown key "
                                + key
                                + "; known below recorder: are "
                                + new TreeSet<>(RecorderConfig.KEYS)
                                + ".");
            }
        }
    }
}
