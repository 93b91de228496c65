package org.pingrecorder.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rule for tags, by which people sort clients and ips: they appear in URLs. */
public final class TagName {

    /** The most tags that one client or ip may have. */
    public static final int MOST = 20;

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private TagName() {}

    /**
     * Checks a tag.
     *
     * @return the same tag
     * @throws IllegalArgumentException with a message that says what a tag may be
     */
    public static String check(String tag) {
        if (!VALID.matcher(tag).matches() || tag.equals(".") || tag.equals("..")) {
            throw new IllegalArgumentException(
                    "a tag is 1 to 64 letters, digits, '.', '_' or '-' (and not just '.' or '..')");
        }
        return tag;
    }

    /**
     * Checks the tags of one client or ip.
     *
     * @return each of them once, in the order given
     * @throws IllegalArgumentException with a message that says what to change
     */
    public static List<String> checkAll(List<String> tags) {
        Set<String> each = new LinkedHashSet<>();
        tags.forEach(tag -> each.add(check(tag)));
        if (each.size() > MOST) {
            throw new IllegalArgumentException("there are at most " + MOST + " tags");
        }
        return List.copyOf(each);
    }
}
