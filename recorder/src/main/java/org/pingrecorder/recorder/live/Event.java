package org.pingrecorder.recorder.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What listeners are told, as bytes that are made once for all of them. Thread-safe. */
final class Event {

    private static final byte[] END = {'\n', '\n'};

    private final String kind;
    private final @Nullable String id;
    private final int pings;
    private final byte[] stream;
    private final int dataStart;
    private final AtomicInteger listeners = new AtomicInteger();
    private volatile byte @Nullable [] message;

    private Event(String kind, @Nullable String id, byte[] data, int length, int pings) {
        this.kind = kind;
        this.id = id;
        this.pings = pings;
        byte[] head =
                ("event: " + kind + (id == null ? "" : "\nid: " + id) + "\ndata: ")
                        .getBytes(StandardCharsets.UTF_8);
        this.dataStart = head.length;
        this.stream = Arrays.copyOf(head, head.length + length + END.length);
        System.arraycopy(data, 0, stream, head.length, length);
        System.arraycopy(END, 0, stream, head.length + length, END.length);
    }

    /**
     * An event.
     *
     * @param kind its name
     * @param id of this recorder's events alone; null where a listener that comes back must not
     *     name it
     * @param json its data, in one line
     */
    static Event of(String kind, @Nullable Long id, String json) {
        byte[] data = json.getBytes(StandardCharsets.UTF_8);
        return new Event(kind, id == null ? null : id.toString(), data, data.length, 0);
    }

    /**
     * Pings that were stored together.
     *
     * @param data whose first bytes are a JSON array of so many pings
     */
    static Event ofPings(long id, byte[] data, int length, int pings) {
        return new Event("ping", Long.toString(id), data, length, pings);
    }

    /** How many pings it tells of; 0 if it is not about pings. */
    int pings() {
        return pings;
    }

    int bytes() {
        return stream.length;
    }

    /** Whether it waited for none before. */
    boolean waitsForOneMore() {
        return listeners.getAndIncrement() == 0;
    }

    /** Whether it waits for none now. */
    boolean waitsForOneLess() {
        return listeners.decrementAndGet() == 0;
    }

    /** As Server-Sent Events have it. */
    byte[] stream() {
        return stream;
    }

    /** As a WebSocket message: an object with {@code event}, {@code id} and {@code data}. */
    byte[] message() {
        byte[] made = message;
        if (made == null) {
            byte[] head =
                    ("{\"event\":\""
                                    + kind
                                    + "\","
                                    + (id == null ? "" : "\"id\":\"" + id + "\",")
                                    + "\"data\":")
                            .getBytes(StandardCharsets.UTF_8);
            int length = stream.length - dataStart - END.length;
            made = Arrays.copyOf(head, head.length + length + 1);
            System.arraycopy(stream, dataStart, made, head.length, length);
            made[made.length - 1] = '}';
            message = made;
        }
        return made;
    }
}
