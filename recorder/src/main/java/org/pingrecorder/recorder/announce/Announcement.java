package org.pingrecorder.recorder.announce;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one NOTIFY carries: the topic and the keys, a line each.
 *
 * @param keys empty where anything may have changed
 */
record Announcement(String topic, Set<String> keys) {

    /** PostgreSQL takes less than 8,000 bytes. */
    private static final int LONGEST_BYTES = 7_900;

    private static final String LINE_BREAK = "\n";

    Announcement {
        keys = Set.copyOf(keys);
    }

    static Announcement ofAnything(String topic) {
        return new Announcement(topic, Set.of());
    }

    static Announcement parse(String payload) {
        String[] lines = payload.split(LINE_BREAK, -1);
        return new Announcement(
                lines[0], Set.copyOf(Arrays.asList(lines).subList(1, lines.length)));
    }

    String payload() {
        return keys.isEmpty() ? topic : topic + LINE_BREAK + String.join(LINE_BREAK, keys);
    }

    /** The same with more keys, or of anything where they would not fit. */
    Announcement with(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(keys);
        all.addAll(more);
        Announcement joined = new Announcement(topic, all);
        boolean fits = joined.payload().getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        return fits ? joined : ofAnything(topic);
    }

    void tell(Announcements.Listener listener) {
        if (keys.isEmpty()) {
            listener.anythingMayHaveChanged();
        } else {
            listener.announced(keys);
        }
    }
}
