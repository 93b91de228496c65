package org.pingrecorder.recorder.announce;

import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announcements within one JVM, for tests without a database. */
public final class LocalAnnouncements implements Announcements, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAnnouncements.class);

    private final Outgoing outgoing = new Outgoing();
    private final Listeners listeners = new Listeners();

    public LocalAnnouncements() {
        Thread.ofVirtual().start(this::tell);
    }

    @Override
    public void announce(String topic, Collection<String> keys) {
        outgoing.add(topic, keys);
    }

    @Override
    public Subscription listen(String topic, Listener listener) {
        return listeners.add(topic, listener);
    }

    private void tell() {
        try {
            for (List<Announcement> next = outgoing.take();
                    !next.isEmpty();
                    next = outgoing.take()) {
                next.forEach(listeners::tell);
            }
        } catch (InterruptedException e) {
            LOG.debug("Nothing is announced any more.", e);
        }
    }

    @Override
    public void close() {
        outgoing.close();
    }
}
