package org.pingrecorder.recorder.live;

import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
    private final Set<String> clients = new TreeSet<>();
    private long bytes;
    private volatile boolean open;
    private boolean lookDue;

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
     * @param clients names of those that changed
     * @param isLookDue whether there may be rows and changes that nobody named
     */
    record Delivery(
            List<Entry> entries, List<Long> dropped, Set<String> clients, boolean isLookDue) {}

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

    synchronized void addClients(Collection<String> names) {
        if (open) {
            clients.addAll(names);
        }
    }

    /** Has the tables looked through: not everything may have been announced. */
    synchronized void lookAround() {
        lookDue = true;
    }

    synchronized Delivery take() {
        Delivery delivery =
                new Delivery(
                        List.copyOf(entries), List.copyOf(dropped), Set.copyOf(clients), lookDue);
        entries.clear();
        dropped.clear();
        clients.clear();
        bytes = 0;
        lookDue = false;
        return delivery;
    }
}
