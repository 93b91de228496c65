package org.pingrecorder.recorder.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.intake.StoredUpload;

/**
 * The other recorders on the database: who has listeners says so, and the others then announce what
 * they store. Thread-safe.
 */
@Singleton
final class Neighbours {

    /** Keys are ids of recorders that have listeners. */
    private static final String LISTENING = "listening";

    /** Keys are ids of uploads and their clients. */
    private static final String STORED = "stored";

    /** Keys are names of clients that changed, as others than this package announce them. */
    private static final String CLIENTS = "client";

    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long HEARD_FOR_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Announcements announcements;
    private final Inbox inbox;
    private final String me = UUID.randomUUID().toString();
    private final List<Announcements.Subscription> subscriptions = new ArrayList<>();
    private volatile long othersUntilNanos = System.nanoTime();
    private volatile long sayNanos = System.nanoTime();

    Neighbours(Announcements announcements, Inbox inbox) {
        this.announcements = announcements;
        this.inbox = inbox;
    }

    @PostConstruct
    void start() {
        subscriptions.add(announcements.listen(LISTENING, new OthersListen()));
        subscriptions.add(announcements.listen(STORED, new OthersStored()));
        subscriptions.add(announcements.listen(CLIENTS, new Clients()));
    }

    @PreDestroy
    void stop() {
        subscriptions.forEach(Announcements.Subscription::close);
    }

    /** Says every few seconds that there are listeners here. */
    void listen() {
        if (System.nanoTime() - sayNanos >= 0) {
            sayNanos = System.nanoTime() + SAY_EVERY_NANOS;
            announcements.announce(LISTENING, Set.of(me));
        }
    }

    /** Says it at once when there are listeners again. */
    void rest() {
        sayNanos = System.nanoTime();
    }

    /** Announces uploads, if there are listeners elsewhere. */
    void stored(List<StoredUpload> uploads) {
        if (System.nanoTime() - othersUntilNanos < 0) {
            announcements.announce(
                    STORED, uploads.stream().map(one -> one.id() + " " + one.client()).toList());
        }
    }

    private final class OthersListen implements Announcements.Listener {

        @Override
        public void announced(Set<String> keys) {
            if (keys.stream().anyMatch(key -> !key.equals(me))) {
                anythingMayHaveChanged();
            }
        }

        @Override
        public void anythingMayHaveChanged() {
            othersUntilNanos = System.nanoTime() + HEARD_FOR_NANOS;
        }
    }

    private final class OthersStored implements Announcements.Listener {

        @Override
        public void announced(Set<String> keys) {
            if (inbox.isOpen()) {
                List<Inbox.Entry> entries = new ArrayList<>(keys.size());
                for (String key : keys) {
                    int blank = key.indexOf(' ');
                    long id = Long.parseLong(key.substring(0, blank));
                    entries.add(new Inbox.Entry(key.substring(blank + 1), id, null));
                }
                inbox.add(entries);
            }
        }

        @Override
        public void anythingMayHaveChanged() {
            inbox.lookAround();
        }
    }

    private final class Clients implements Announcements.Listener {

        @Override
        public void announced(Set<String> keys) {
            inbox.addClients(keys);
        }

        @Override
        public void anythingMayHaveChanged() {
            inbox.lookAround();
        }
    }
}
