package org.pingrecorder.recorder.live;

import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was stored and is not told yet. It takes so much and no more: then the oldest goes, for
 * whoever stores pings never waits. Thread-safe.
 */
@Singleton
final class Inbox {

    static final long MOST_BYTES = 16 << 20;

    /** What an entry takes beside its payload. */
    private static final int ENTRY_BYTES = 100;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Long> dropped = new ArrayList<>();
    private final List<ClientEvent> clients = new ArrayList<>();
    private long bytes;
    private volatile boolean open;
    private boolean lookDue;
    private boolean missingClients;

    /**
     * A row of {@code upload}.
     *
     * @param payload null where it is to be read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(String client, long id, byte @Nullable [] payload) {

        int bytes() {
            return ENTRY_BYTES + (payload == null ? 0 : payload.length);
        }
    }

    /**
     * Everything that came since the last time, in its order.
     *
     * @param dropped ids of rows that were too many
     * @param isLookDue whether there may be rows that nobody named
     * @param isMissingClients whether events of clients may be missing
     */
    record Delivery(
            List<Entry> entries,
            List<Long> dropped,
            List<ClientEvent> clients,
            boolean isLookDue,
            boolean isMissingClients) {}

    /** Takes things in from now on. */
    synchronized void open() {
        open = true;
    }

    /** Takes nothing more, and forgets what it has. */
    synchronized void close() {
        open = false;
        take();
    }

    boolean isOpen() {
        return open;
    }

    synchronized void add(Collection<Entry> more) {
        if (!open) {
            return;
        }
        for (Entry entry : more) {
            entries.add(entry);
            bytes += entry.bytes();
        }
        while (bytes > MOST_BYTES) {
            Entry oldest = Objects.requireNonNull(entries.poll());
            bytes -= oldest.bytes();
            dropped.add(oldest.id());
        }
    }

    synchronized void add(ClientEvent event) {
        if (open) {
            clients.add(event);
        }
    }

    /** Has the table looked through: rows may not have been announced. */
    synchronized void lookAround() {
        lookDue = true;
    }

    /** Events of clients may not have been announced. */
    synchronized void missClients() {
        missingClients = true;
    }

    synchronized Delivery take() {
        Delivery delivery =
                new Delivery(
                        List.copyOf(entries),
                        List.copyOf(dropped),
                        List.copyOf(clients),
                        lookDue,
                        missingClients);
        entries.clear();
        dropped.clear();
        clients.clear();
        bytes = 0;
        lookDue = false;
        missingClients = false;
        return delivery;
    }
}
