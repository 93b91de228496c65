package org.pingrecorder.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of targets as people write it: one address or host name a line, an optional name after it,
 * {@code #} starts a comment. Lines that cannot be read are reported, the others are used.
 *
 * @param targets what was read, each address once, in the order of the text
 * @param faults the lines that could not be used
 */
public record TargetsText(List<Target> targets, List<Fault> faults) {

    /** The most characters a target's name may have. */
    public static final int MAX_NAME_CHARS = 200;

    public TargetsText {
        targets = List.copyOf(targets);
        faults = List.copyOf(faults);
    }

    /** One line: where to ping, and what people call it. */
    public record Target(Address address, @Nullable String name) {}

    /**
     * A line that could not be used.
     *
     * @param line counted from 1
     * @param message what is wrong with it
     */
    public record Fault(int line, String message) {}

    /** Reads such a text; never fails. */
    public static TargetsText parse(String text) {
        Map<String, Target> targets = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String content = withoutComment(number == 1 ? withoutBom(line) : line).strip();
            if (content.isEmpty()) {
                continue;
            }
            try {
                Target target = target(content);
                targets.putIfAbsent(target.address().text(), target);
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(number, String.valueOf(e.getMessage())));
            }
        }
        return new TargetsText(List.copyOf(targets.values()), faults);
    }

    private static Target target(String content) {
        String[] parts = content.split("\\s+", 2);
        Address address = Address.parse(parts[0]);
        return new Target(address, parts.length == 1 ? null : checkName(parts[1]));
    }

    /**
     * Checks what people call a target.
     *
     * @return the name without surrounding blanks
     * @throws IllegalArgumentException with a message that says what a name may be
     */
    public static String checkName(String given) {
        String name = given.strip();
        if (name.isEmpty()
                || name.length() > MAX_NAME_CHARS
                || name.chars().anyMatch(Character::isISOControl)
                || !isWellFormed(name)) {
            throw new IllegalArgumentException(
                    "a name is 1 to " + MAX_NAME_CHARS + " characters without control characters");
        }
        return name;
    }

    /** Lone surrogates cannot be stored as UTF-8. */
    private static boolean isWellFormed(String name) {
        return name.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xdfff);
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        return hash < 0 ? line : line.substring(0, hash);
    }

    private static String withoutBom(String line) {
        return line.startsWith("\ufeff") ? line.substring(1) : line;
    }
}
