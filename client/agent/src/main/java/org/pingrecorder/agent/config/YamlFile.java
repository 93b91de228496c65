package org.pingrecorder.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML file of settings: one {@code key: value} a line.
 *
 * @param values what was read, as text
 * @param problems one line each
 */
record YamlFile(Map<Setting, String> values, List<String> problems) {

    /**
     * Reads such a file; never fails.
     *
     * @param origin what named the file
     */
    static YamlFile read(Path file, String origin) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        List<String> problems = new ArrayList<>();
        try {
            String text = Files.readString(file);
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            if (root instanceof Map<?, ?> map) {
                map.forEach((key, value) -> put(file, key, value, values, problems));
            } else if (root != null) {
                problems.add(file + ": write one 'key: value' a line, such as 'interval: 10s'");
            }
        } catch (MarkedYAMLException e) {
            problems.add(
                    "%s, line %d: is not YAML: %s"
                            .formatted(file, e.getProblemMark().getLine() + 1, e.getProblem()));
        } catch (YAMLException e) {
            problems.add(file + ": is not YAML: " + e.getMessage());
        } catch (IOException e) {
            problems.add(origin + ": cannot read " + file + ": " + FileFault.reason(e));
        }
        return new YamlFile(values, problems);
    }

    private static void put(
            Path file,
            @Nullable Object key,
            @Nullable Object value,
            Map<Setting, String> values,
            List<String> problems) {
        Setting setting = Setting.ofKey(String.valueOf(key)).orElse(null);
        if (setting == null) {
            problems.add(
                    "%s: unknown key '%s': the keys are %s".formatted(file, key, Setting.keys()));
        } else if (value == null || value instanceof Map || value instanceof Iterable) {
            problems.add("%s, %s: write one value after the colon".formatted(file, setting.key()));
        } else {
            values.put(setting, String.valueOf(value));
        }
    }
}
