package org.pingrecorder.recorder.live;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.intake.StoredListener;
import org.pingrecorder.recorder.intake.StoredUpload;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.samples.Hours;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was stored, by this recorder or another one, each upload once, and what changed about
 * clients. This one's uploads come by memory; others announce theirs, and every two seconds the
 * table is looked through for what was not announced. Methods are for the thread of {@link Live},
 * but for those that say else.
 */
@Singleton
final class News implements StoredListener {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A look that takes long is rare. */
    private static final int REST_PER_LOOK = 20;

    private static final long SILENCE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NAMES_EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long CLIENTS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int READ_AT_ONCE = 32;

    private final LiveStore store;
    private final ClientStore clientStore;
    private final Inbox inbox;
    private final Neighbours neighbours;
    private final InstantSource clock;

    /** Null while it is not open. */
    private @Nullable Open open;

    private Told told = new Told(0);
    private long lookNanos;
    private long silenceNanos;
    private long namesNanos;
    private long clientsNanos;

    News(
            LiveStore store,
            ClientStore clientStore,
            Inbox inbox,
            Neighbours neighbours,
            InstantSource clock) {
        this.store = store;
        this.clientStore = clientStore;
        this.inbox = inbox;
        this.neighbours = neighbours;
        this.clock = clock;
    }

    private record Open(Teller teller, ClientNews clients) {}

    /** Any thread may call it. */
    @Override
    public void stored(List<StoredUpload> uploads) {
        if (inbox.isOpen()) {
            inbox.add(
                    uploads.stream()
                            .map(one -> new Inbox.Entry(one.client(), one.id(), one.payload()))
                            .toList());
        }
        neighbours.stored(uploads);
    }

    /**
     * Begins: what is stored from when it returns on is told.
     *
     * @throws SQLException what the database said; then it must be closed
     */
    void open() throws SQLException {
        inbox.open();
        neighbours.listen();
        Teller begun = new Teller(store, clock);
        List<Long> before = new ArrayList<>();
        long floor =
                store.begin(
                        Told.WINDOW,
                        new LiveStore.Beginning() {
                            @Override
                            public void state(long ipId, IpState state) {
                                begun.begin(ipId, state);
                            }

                            @Override
                            public void take(StoredUpload upload) {
                                before.add(upload.id());
                                begun.skip(upload);
                            }
                        });
        told = new Told(floor);
        before.forEach(told::add);
        ClientNews clients = new ClientNews(clientStore);
        clients.paused().forEach(begun::pause);
        begun.begun();
        open = new Open(begun, clients);
        long now = System.nanoTime();
        lookNanos = now + LOOK_EVERY_NANOS;
        silenceNanos = now + SILENCE_EVERY_NANOS;
        namesNanos = now + NAMES_EVERY_NANOS;
        clientsNanos = now + CLIENTS_EVERY_NANOS;
    }

    /** Ends it, and forgets everything. */
    void close() {
        inbox.close();
        neighbours.rest();
        open = null;
        told = new Told(0);
    }

    /** Tells what has come since the last time. */
    void tell(Audience audience) throws SQLException {
        Open now = open;
        if (now == null) {
            throw new IllegalStateException("it is not open");
        }
        Inbox.Delivery delivery = inbox.take();
        try {
            tell(now.teller(), delivery, audience);
            tellByTheClock(now, delivery, audience);
        } catch (SQLException | RuntimeException e) {
            inbox.lookAround(); // what was not told is found again
            throw e;
        }
        neighbours.listen();
    }

    private void tellByTheClock(Open now, Inbox.Delivery delivery, Audience audience) {
        long nanos = System.nanoTime();
        if (nanos - silenceNanos >= 0) {
            silenceNanos = nanos + SILENCE_EVERY_NANOS;
            now.teller().tellSilence(audience);
        }
        if (nanos - namesNanos >= 0) {
            namesNanos = nanos + NAMES_EVERY_NANOS;
            now.teller().forgetIps();
        }
        if (delivery.isLookDue() || nanos - clientsNanos >= 0) {
            clientsNanos = nanos + CLIENTS_EVERY_NANOS;
            now.clients().tellAll(now.teller(), audience);
        } else {
            now.clients().tell(delivery.clients(), now.teller(), audience);
        }
    }

    private void tell(Teller open, Inbox.Delivery delivery, Audience audience) throws SQLException {
        for (Long id : delivery.dropped()) {
            if (!told.contains(id)) {
                drop(id, audience);
            }
        }
        List<Inbox.Entry> unread = new ArrayList<>();
        for (Inbox.Entry entry : delivery.entries()) {
            byte[] payload = entry.payload();
            if (payload == null) {
                unread.add(entry);
            } else {
                tell(open, new StoredUpload(entry.client(), entry.id(), payload), audience);
            }
        }
        read(open, unread, audience);
        if (delivery.isLookDue() || System.nanoTime() - lookNanos >= 0) {
            long start = System.nanoTime();
            read(open, store.keys(told.floor()), audience);
            long end = System.nanoTime();
            lookNanos = end + Math.max(LOOK_EVERY_NANOS, REST_PER_LOOK * (end - start));
        }
    }

    /** Tells of uploads that were not told; those that are packed by now are counted as dropped. */
    private void read(Teller open, List<Inbox.Entry> keys, Audience audience) throws SQLException {
        List<Inbox.Entry> wanted = keys.stream().filter(key -> !told.contains(key.id())).toList();
        for (int from = 0; from < wanted.size(); from += READ_AT_ONCE) {
            List<Inbox.Entry> some =
                    wanted.subList(from, Math.min(from + READ_AT_ONCE, wanted.size()));
            store.read(some, upload -> tell(open, upload, audience));
            for (Inbox.Entry key : some) {
                if (!told.contains(key.id())) {
                    drop(key.id(), audience);
                }
            }
        }
    }

    private void tell(Teller open, StoredUpload upload, Audience audience) {
        if (told.contains(upload.id())) {
            return;
        }
        try {
            open.tell(upload, audience);
            told.add(upload.id());
        } catch (IllegalArgumentException e) {
            LOG.warn("Upload {} of {} cannot be read.", upload.id(), upload.client(), e);
            drop(upload.id(), audience);
        }
    }

    private void drop(long id, Audience audience) {
        told.add(id);
        audience.listeners().forEach(listener -> listener.countDropped(1, 0));
    }

    long nowMicros() {
        return Hours.micros(clock.instant());
    }
}
