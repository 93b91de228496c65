package org.pingrecorder.recorder.announce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
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

    /**
     * As many as it takes to name all keys; one of anything where there are none, or one is too
     * long.
     */
    static List<Announcement> of(String topic, Collection<String> keys) {
        int topicBytes = bytes(topic);
        List<Announcement> all = new ArrayList<>();
        Set<String> some = new LinkedHashSet<>();
        int bytes = topicBytes;
        for (String key : keys) {
            int keyBytes = LINE_BREAK.length() + bytes(key);
            if (topicBytes + keyBytes > LONGEST_BYTES) {
                return List.of(ofAnything(topic));
            }
            if (bytes + keyBytes > LONGEST_BYTES) {
                all.add(new Announcement(topic, some));
                some.clear();
                bytes = topicBytes;
            }
            some.add(key);
            bytes += keyBytes;
        }
        all.add(new Announcement(topic, some));
        return all;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    void tell(Announcements.Listener listener) {
        if (keys.isEmpty()) {
            listener.anythingMayHaveChanged();
        } else {
            listener.announced(keys);
        }
    }
}
