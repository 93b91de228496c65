package org.pingrecorder.wire;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of a {@link TargetsText}: {@code ADDRESS [SETTING=VALUE …] [NAME]}. What looks
 * like a setting is one or is refused, so that a misspelt setting never becomes a name; {@code
 * name=} takes the rest of the line whatever it looks like. For one line.
 */
final class TargetLine {

    private static final Pattern SETTING_IN_NAME =
            Pattern.compile("(?:^|\\s)((?:interval|timeout|grace|families|tags)=\\S*)");
    private static final String NAME = "name=";
    private static final String SETTINGS = "interval, timeout, grace, families, tags or name";

    private @Nullable Duration interval;
    private @Nullable Duration timeout;
    private @Nullable Duration grace;
    private @Nullable Families families;
    private @Nullable List<String> tags;
    private final boolean withTags;

    private TargetLine(boolean withTags) {
        this.withTags = withTags;
    }

    /**
     * Reads a line without blanks around it.
     *
     * @param withTags whether it may have tags
     * @throws IllegalArgumentException with a message that says what to write
     */
    static TargetsText.Target read(String content, boolean withTags) {
        int end = wordEnd(content, 0);
        Address address = Address.parse(content.substring(0, end));
        return end == content.length()
                ? new TargetsText.Target(address, null, TargetSettings.NONE)
                : new TargetLine(withTags).readRest(address, content.substring(end).strip());
    }

    /** The line that is read as this target. */
    static String write(TargetsText.Target target) {
        StringBuilder line = new StringBuilder(target.address().text());
        TargetSettings own = target.settings();
        append(line, "interval", own.interval());
        append(line, "timeout", own.timeout());
        append(line, "grace", own.grace());
        Families families = own.families();
        if (families != null) {
            line.append(" families=").append(families.text());
        }
        if (!target.tags().isEmpty()) {
            line.append(" tags=").append(String.join(",", target.tags()));
        }
        String name = target.name();
        if (name != null) {
            line.append(name.indexOf('=') < 0 ? " " : " " + NAME).append(name);
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String key, @Nullable Duration value) {
        if (value != null) {
            line.append(' ').append(key).append('=').append(Durations.text(value));
        }
    }

    private TargetsText.Target readRest(Address address, String given) {
        String rest = given;
        int equals = settingEnd(rest);
        while (equals > 0 && !rest.startsWith(NAME)) {
            int end = wordEnd(rest, equals);
            set(rest.substring(0, equals), rest.substring(equals + 1, end));
            rest = rest.substring(end).stripLeading();
            equals = settingEnd(rest);
        }
        return new TargetsText.Target(
                address, name(rest), settings(), tags == null ? List.of() : tags);
    }

    /** Where the equals sign is if a text begins like a setting, else -1. */
    private static int settingEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                return i == 0 ? -1 : i;
            }
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-') {
                return -1;
            }
        }
        return -1;
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void set(String key, String value) {
        try {
            switch (key) {
                case "interval" -> interval = once(interval, TargetSettings.interval(value));
                case "timeout" -> timeout = once(timeout, TargetSettings.timeout(value));
                case "grace" -> grace = once(grace, TargetSettings.grace(value));
                case "families" -> families = once(families, Families.parse(value));
                case "tags" -> tags = once(tags, tags(value));
                default ->
                        throw new IllegalArgumentException(
                                "is no setting: write %s; if it begins the name, write name=%s=%s"
                                        .formatted(SETTINGS, key, value));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private List<String> tags(String value) {
        if (!withTags) {
            throw new IllegalArgumentException(
                    "are set in a plan at the recorder, not in a client's own list; if this begins"
                            + " the name, write name=tags="
                            + value);
        }
        return TagName.checkAll(List.of(value.split(",", -1)));
    }

    private static <T> T once(@Nullable T before, T value) {
        if (before != null) {
            throw new IllegalArgumentException("is there twice: keep one");
        }
        return value;
    }

    private static @Nullable String name(String rest) {
        if (rest.startsWith(NAME)) {
            return TargetsText.checkName(rest.substring(NAME.length()));
        }
        Matcher late = SETTING_IN_NAME.matcher(rest);
        if (rest.indexOf('=') > 0 && late.find()) {
            throw new IllegalArgumentException(
                    "'%s' comes after the name: write settings before it; if it is a part of the"
                                    .formatted(late.group(1))
                            + " name, write name="
                            + rest);
        }
        return rest.isEmpty() ? null : TargetsText.checkName(rest);
    }

    private TargetSettings settings() {
        return interval == null && timeout == null && grace == null && families == null
                ? TargetSettings.NONE
                : new TargetSettings(interval, timeout, grace, families);
    }
}
