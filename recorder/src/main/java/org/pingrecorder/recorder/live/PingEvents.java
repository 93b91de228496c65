package org.pingrecorder.recorder.live;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Puts pieces together to arrays, none of them very long. Not thread-safe. */
final class PingEvents {

    private final LongSupplier ids;
    private final List<Event> events;
    private byte[] array = new byte[1_024];
    private int size;
    private int pings;

    /**
     * @param events where they go
     */
    PingEvents(LongSupplier ids, List<Event> events) {
        this.ids = ids;
        this.events = events;
    }

    void add(PingJson.Piece piece) {
        int length = piece.text().length;
        if (pings > 0 && size + length > PingJson.PIECE_BYTES) {
            end();
        }
        if (array.length < size + length + 2) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + length + 2));
        }
        array[size++] = (byte) (pings == 0 ? '[' : ',');
        System.arraycopy(piece.text(), 0, array, size, length);
        size += length;
        pings += piece.pings();
    }

    /** Ends the last one. */
    void end() {
        if (pings > 0) {
            array[size++] = ']';
            events.add(Event.ofPings(ids.getAsLong(), array, size, pings));
            size = 0;
            pings = 0;
        }
    }
}
