package org.pingrecorder.agent.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The raw settings of one command: a flag wins over an environment variable, that over the YAML
 * file, that over the default. Collects every problem instead of stopping at the first. For one
 * thread.
 */
public final class Settings {

    private static final String CONFIG_ENV = "CLIENT_CONFIG";
    private static final String DEFAULT_CONFIG = "client.yml";

    private record Given(String text, String origin) {}

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    /**
     * Reads all three places.
     *
     * @param flags what the command line says
     * @param configFlag the value of {@code --config}, or null
     */
    public Settings(
            Map<Setting, String> flags, @Nullable String configFlag, Surroundings surroundings) {
        readYaml(configFlag, surroundings);
        for (Setting setting : Setting.values()) {
            String env = surroundings.env().get(setting.env());
            // An empty variable is how compose files and units write "not set".
            if (env != null && !env.isEmpty()) {
                given.put(setting, new Given(env, setting.env()));
            }
        }
        put(flags);
    }

    private Settings(Map<Setting, String> flags) {
        put(flags);
    }

    /** The settings of a command that has flags only. */
    public static Settings ofFlags(Map<Setting, String> flags) {
        return new Settings(flags);
    }

    private void put(Map<Setting, String> flags) {
        flags.forEach((setting, text) -> given.put(setting, new Given(text, setting.flag())));
    }

    private void readYaml(@Nullable String configFlag, Surroundings surroundings) {
        String env = surroundings.env().getOrDefault(CONFIG_ENV, "");
        String named = configFlag != null ? configFlag : env.isEmpty() ? null : env;
        String origin = configFlag != null ? "--config" : CONFIG_ENV;
        Path file = surroundings.folder().resolve(named == null ? DEFAULT_CONFIG : named);
        if (named == null && !Files.exists(file)) {
            return;
        }
        YamlFile yaml = YamlFile.read(file, named == null ? DEFAULT_CONFIG : origin);
        problems.addAll(yaml.problems());
        yaml.values()
                .forEach(
                        (setting, text) ->
                                given.put(setting, new Given(text, file + ", " + setting.key())));
    }

    /** Whether the setting was given anywhere. */
    public boolean has(Setting setting) {
        return given.containsKey(setting);
    }

    /**
     * One setting's value.
     *
     * @param fallback as it would be written
     * @param parse throws {@link IllegalArgumentException} with the mend
     * @return the value; that of {@code fallback} where what is given has a problem, which {@link
     *     #check} will tell
     */
    public <T> T value(Setting setting, String fallback, Function<String, T> parse) {
        Given found = given.get(setting);
        if (found != null) {
            try {
                return parse.apply(found.text());
            } catch (IllegalArgumentException e) {
                problems.add(found.origin() + ": " + e.getMessage());
            }
        }
        return parse.apply(fallback);
    }

    /** Adds a problem that the settings themselves cannot see. */
    public void problem(String problem) {
        problems.add(problem);
    }

    /** The problems so far. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException if there was any problem
     */
    public void check() throws ConfigException {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
