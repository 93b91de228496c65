package org.pingrecorder.recorder.announce;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be announced, joined by topic until it is taken; bounded, because a topic with too
 * many keys is announced as a whole. Thread-safe.
 */
final class Outgoing {

    /** Of a topic; with more, listeners are told that anything may have changed. */
    private static final int MOST_KEYS = 2_000;

    /** An empty set stands for anything. */
    private final Map<String, Set<String>> topics = new HashMap<>();

    private boolean closed;

    synchronized void add(String topic, Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        Set<String> waiting = topics.get(topic);
        if (waiting == null) {
            topics.put(topic, new LinkedHashSet<>(keys));
        } else if (!waiting.isEmpty()) {
            waiting.addAll(keys);
        }
        if (topics.getOrDefault(topic, Set.of()).size() > MOST_KEYS) {
            topics.put(topic, Set.of());
        }
        notifyAll();
    }

    /** Takes back what could not be announced. */
    synchronized void putBack(List<Announcement> announcements) {
        for (Announcement announcement : announcements) {
            if (announcement.keys().isEmpty()) {
                topics.put(announcement.topic(), Set.of());
            } else {
                add(announcement.topic(), announcement.keys());
            }
        }
    }

    /** Waits for something to announce; nothing is left once it is closed. */
    synchronized List<Announcement> take() throws InterruptedException {
        while (topics.isEmpty() && !closed) {
            wait();
        }
        List<Announcement> taken = new ArrayList<>(topics.size());
        topics.forEach((topic, keys) -> taken.addAll(Announcement.of(topic, keys)));
        topics.clear();
        return taken;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
