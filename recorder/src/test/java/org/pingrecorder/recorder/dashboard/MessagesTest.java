package org.pingrecorder.recorder.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard's messages: every language has all of them, and the sources use just these. */
class MessagesTest {

    private static final Path DASHBOARD = Path.of("src/main/resources/dashboard");
    private static final Path ENGLISH = DASHBOARD.resolve("i18n/en.json");

    private static final Set<String> PLURALS = Set.of("zero", "one", "two", "few", "many", "other");

    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    /** {@code t('status.title')}. */
    private static final Pattern CALL = Pattern.compile("\\bt\\(\\s*'([^']+)'");

    /** {@code t(`status.${key}`)}, whose last part is not known. */
    private static final Pattern OPEN_CALL = Pattern.compile("\\bt\\(\\s*`([^`]+)`");

    /** Any text that could be the key of a message, such as of the title of a view. */
    private static final Pattern TEXT = Pattern.compile("'(\\w+(?:\\.\\w+)+)'");

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);

    private static final Pattern VALUE = Pattern.compile("\\$\\{[^}]*}");

    /** All messages of a language by key; the forms of a plural are one message. */
    private static Map<String, Set<String>> messages(Path file) throws IOException {
        Map<String, Set<String>> messages = new TreeMap<>();
        Map<?, ?> tree = JsonMapper.createDefault().readValue(Files.readString(file), Map.class);
        gather("", Objects.requireNonNull(tree), messages);
        return messages;
    }

    private static void gather(String path, Map<?, ?> tree, Map<String, Set<String>> messages) {
        tree.forEach(
                (name, value) -> {
                    String key = path.isEmpty() ? "" + name : path + "." + name;
                    if (!(value instanceof Map<?, ?> below)) {
                        messages.put(key, matches(PLACE, "" + value));
                    } else if (below.containsKey("other") && PLURALS.containsAll(below.keySet())) {
                        messages.put(key, matches(PLACE, "" + below.get("other")));
                    } else {
                        gather(key, below, messages);
                    }
                });
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() > 0 ? match.group(1) : match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(DASHBOARD)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return COMMENT.matcher(all).replaceAll("");
    }

    @Test
    void everyLanguage_hasTheMessagesAndPlacesOfEnglish() throws Exception {
        Map<String, Set<String>> english = messages(ENGLISH);
        try (Stream<Path> files = Files.list(ENGLISH.resolveSibling(""))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                assertEquals(english, messages(file), file.toString());
            }
        }
    }

    @Test
    void everyKeyInTheSources_hasAMessage() throws Exception {
        Set<String> there = messages(ENGLISH).keySet();
        String sources = sources();
        List<String> missing =
                Stream.concat(
                                matches(CALL, sources).stream().filter(key -> !there.contains(key)),
                                matches(OPEN_CALL, sources).stream()
                                        .filter(key -> there.stream().noneMatch(open(key))))
                        .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void everyMessage_isUsed() throws Exception {
        String sources = sources();
        Set<String> unused = new TreeSet<>(messages(ENGLISH).keySet());
        unused.removeAll(matches(TEXT, sources));
        matches(OPEN_CALL, sources).forEach(key -> unused.removeIf(open(key)));
        assertEquals(Set.of(), unused);
    }

    /** The keys that a key with values in it may be. */
    private static Predicate<String> open(String key) {
        String pattern =
                Stream.of(VALUE.split(key, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\w+"));
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
