package org.pingrecorder.recorder.announce;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears what. Thread-safe. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final Map<String, List<Announcements.Listener>> byTopic = new ConcurrentHashMap<>();

    Announcements.Subscription add(String topic, Announcements.Listener listener) {
        List<Announcements.Listener> all =
                byTopic.computeIfAbsent(topic, name -> new CopyOnWriteArrayList<>());
        all.add(listener);
        return () -> all.remove(listener);
    }

    void tell(Announcement announcement) {
        for (Announcements.Listener listener :
                byTopic.getOrDefault(announcement.topic(), List.of())) {
            try {
                announcement.tell(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of '{}' failed.", announcement.topic(), e);
            }
        }
    }

    /** Tells everybody that announcements may have been lost. */
    void tellOfAnything() {
        byTopic.keySet().forEach(topic -> tell(Announcement.ofAnything(topic)));
    }
}
