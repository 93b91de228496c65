package org.pingrecorder.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private static final LiveFilter ALL = new LiveFilter(Set.of(), Set.of(), Set.of());

    private final Buffered buffered = new Buffered();
    private final Listener listener = new Listener(ALL, buffered, 0);

    private static Event event(long id, int bytes) {
        return Event.ofPings(id, new byte[bytes], bytes, 10);
    }

    private static List<String> texts(List<Event> events) {
        return events.stream()
                .map(event -> new String(event.stream(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void take_givesWhatFits_andAtLeastOne() {
        Event one = event(1, 600);
        Event two = event(2, 600);
        listener.offer(one);
        listener.offer(two);
        assertEquals(List.of(one), listener.take(1_000, 0));
        assertEquals(List.of(two), listener.take(10, 0));
        assertEquals(List.of(), listener.take(1_000, 0));
        assertEquals(0, buffered.bytes());
    }

    @Test
    void offer_ofTooManyEvents_dropsTheOldest() {
        for (int i = 0; i < Listener.MOST_EVENTS + 3; i++) {
            listener.offer(event(i, 1));
        }
        List<String> taken = texts(listener.take(Integer.MAX_VALUE, 0));
        assertEquals("event: dropped\ndata: {\"events\":3,\"pings\":30}\n\n", taken.getFirst());
        assertTrue(taken.get(1).startsWith("event: ping\nid: 3\n"), taken.get(1));
        assertEquals(Listener.MOST_EVENTS + 1, taken.size());
        assertEquals(3, buffered.dropped());
    }

    @Test
    void offer_ofTooManyBytes_dropsTheOldest() {
        listener.offer(event(1, Listener.MOST_BYTES / 2));
        listener.offer(event(2, Listener.MOST_BYTES / 2));
        List<Event> taken = listener.take(Integer.MAX_VALUE, 0);
        assertEquals(2, taken.size());
        assertEquals(10, taken.get(1).pings());
        assertEquals(0, buffered.bytes());
    }

    @Test
    void oneEvent_isKept_howeverLong() {
        Event longer = event(1, 2 * Listener.MOST_BYTES);
        listener.offer(longer);
        assertEquals(List.of(longer), listener.take(1, 0));
    }

    @Test
    void listeners_shareTheMemory_andWhatIsThereForAll() {
        Listener[] others = new Listener[20];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Listener(ALL, buffered, 0);
        }
        Event shared = event(0, 1 << 20);
        for (Listener other : others) {
            other.offer(shared);
        }
        assertEquals(shared.bytes(), buffered.bytes());
        for (int i = 1; i < 100; i++) {
            for (Listener other : others) {
                other.offer(event(i, 1 << 20)); // one of its own
            }
        }
        long most = Buffered.MOST_BYTES + others.length * 2L * shared.bytes();
        assertTrue(buffered.bytes() <= most, buffered.bytes() + " bytes");
        for (Listener other : others) {
            other.close();
        }
        assertEquals(0, buffered.bytes());
    }

    @Test
    void offer_wakesTheOutlet_whenMuchWaits() {
        int[] wakes = countWakes();
        listener.offer(event(1, Listener.MUCH_BYTES - 200));
        assertEquals(0, wakes[0]);
        listener.offer(event(2, 200));
        listener.offer(event(3, 200));
        assertEquals(1, wakes[0]);
        listener.take(Integer.MAX_VALUE, 0);
        listener.offer(event(4, Listener.MUCH_BYTES));
        assertEquals(2, wakes[0]);
    }

    @Test
    void offer_wakesTheOutlet_whenManyWait() {
        int[] wakes = countWakes();
        for (int i = 0; i < 3 * Listener.MANY_EVENTS; i++) {
            assertEquals(i < Listener.MANY_EVENTS ? 0 : 1, wakes[0]);
            listener.offer(event(i, 1));
        }
    }

    private int[] countWakes() {
        int[] wakes = {0};
        listener.setOutlet(
                new Outlet() {
                    @Override
                    public void wake() {
                        wakes[0]++;
                    }

                    @Override
                    public void end() {}
                });
        return wakes;
    }

    @Test
    void close_takesNothingMore() {
        listener.offer(event(1, 1));
        listener.close();
        listener.offer(event(2, 1));
        assertFalse(listener.hasSome());
        assertEquals(0, buffered.bytes());
    }

    @Test
    void isForgotten_ifSomethingWaitsAndNothingWasTaken() {
        assertFalse(listener.isForgotten(100));
        listener.offer(event(1, 1));
        assertTrue(listener.isForgotten(100));
        listener.offer(event(2, 1));
        listener.take(1, 150);
        assertFalse(listener.isForgotten(100));
    }

    @Test
    void message_isTheSameAsAnObject() {
        Event event = EventJson.dropped(2, 3);
        assertEquals(
                "{\"event\":\"dropped\",\"data\":{\"events\":2,\"pings\":3}}",
                new String(event.message(), StandardCharsets.UTF_8));
        byte[] data = "[{}]  ".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "{\"event\":\"ping\",\"id\":\"7\",\"data\":[{}]}",
                new String(Event.ofPings(7, data, 4, 1).message(), StandardCharsets.UTF_8));
    }
}
