package org.pingrecorder.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of targets as people write it: one address or host name a line, after it settings of its
 * own ({@code interval=500ms}) and a name if wanted; {@code #} starts a comment. Lines that cannot
 * be read are reported, the others are used.
 *
 * @param targets what was read in the order of the text, each address once; a host name may be
 *     there again for its other family
 * @param faults the lines that could not be used
 */
public record TargetsText(List<Target> targets, List<Fault> faults) {

    /** The most characters a target's name may have. */
    public static final int MAX_NAME_CHARS = 200;

    public TargetsText {
        targets = List.copyOf(targets);
        faults = List.copyOf(faults);
    }

    /**
     * One line.
     *
     * @param address where to ping
     * @param name what people call it, or null
     * @param settings what is said of it alone
     * @param tags what people sort it by, each once; empty in a client's file
     */
    public record Target(
            Address address, @Nullable String name, TargetSettings settings, List<String> tags) {

        public Target {
            tags = List.copyOf(tags);
        }

        /** A target without tags. */
        public Target(Address address, @Nullable String name, TargetSettings settings) {
            this(address, name, settings, List.of());
        }

        private boolean isPingedAs(Target other) {
            return settings.equals(other.settings) && tags.equals(other.tags);
        }
    }

    /** A target, and the line it is on. */
    private record Found(Target target, int line) {}

    /** What may be there once. */
    private record Half(String address, Family family) {}

    /**
     * A line that could not be used.
     *
     * @param line counted from 1
     * @param message what is wrong with it
     */
    public record Fault(int line, String message) {}

    /** Reads such a text as a client's file has it, without tags; never fails. */
    public static TargetsText parse(String text) {
        return parse(text, false);
    }

    /** Reads such a text as a plan has it, in which {@code tags=core,edge} is one more setting. */
    public static TargetsText parsePlan(String text) {
        return parse(text, true);
    }

    /**
     * The line, without its end, that {@link #parsePlan} reads as this target.
     *
     * @param target its name without {@code #}, which would start a comment
     */
    public static String line(Target target) {
        return TargetLine.write(target);
    }

    private static TargetsText parse(String text, boolean withTags) {
        Map<Object, Found> targets = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String content = withoutComment(number == 1 ? withoutBom(line) : line).strip();
            if (content.isEmpty()) {
                continue;
            }
            try {
                add(targets, new Found(TargetLine.read(content, withTags), number));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(number, String.valueOf(e.getMessage())));
            }
        }
        return new TargetsText(
                targets.values().stream().distinct().map(Found::target).toList(), faults);
    }

    private static void add(Map<Object, Found> targets, Found found) {
        Target target = found.target();
        Families families = target.settings().families();
        String address = target.address().text();
        boolean name = target.address().kind() == Address.Kind.NAME;
        List<Family> halves = families == null || !name ? List.of() : families.families();
        List<Object> keys = new ArrayList<>(2);
        halves.forEach(family -> keys.add(new Half(address, family)));
        if (keys.isEmpty()) {
            keys.add(address);
        }
        for (Object key : keys) {
            Found before = targets.get(key);
            if (before != null && !before.target().isPingedAs(target)) {
                throw new IllegalArgumentException(
                        "%s is on line %d already with other settings: keep one of the two"
                                .formatted(address, before.line()));
            }
        }
        keys.forEach(key -> targets.putIfAbsent(key, found));
    }

    /**
     * Checks what people call a target.
     *
     * @return the name without surrounding blanks
     * @throws IllegalArgumentException with a message that says what a name may be
     */
    public static String checkName(String given) {
        String name = given.strip();
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS || !isText(name)) {
            throw new IllegalArgumentException(
                    "a name is 1 to " + MAX_NAME_CHARS + " characters without control characters");
        }
        return name;
    }

    /** Neither control characters nor lone surrogates, which cannot be stored as UTF-8. */
    private static boolean isText(String name) {
        int character;
        for (int i = 0; i < name.length(); i += Character.charCount(character)) {
            character = name.codePointAt(i);
            if (Character.isISOControl(character)
                    || (character >= Character.MIN_SURROGATE
                            && character <= Character.MAX_SURROGATE)) {
                return false;
            }
        }
        return true;
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        return hash < 0 ? line : line.substring(0, hash);
    }

    private static String withoutBom(String line) {
        return line.startsWith("\ufeff") ? line.substring(1) : line;
    }
}
