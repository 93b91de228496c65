package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotTableTest {

    private static final long SECOND_NANOS = 1_000_000_000;

    private long nowNanos = -7 * SECOND_NANOS; // monotonic time may be negative

    private int send(SlotTable slots, long lifetimeNanos) {
        int slot = slots.take(nowNanos);
        if (slot != SlotTable.NONE) {
            slots.lifetimeNanos[slot] = lifetimeNanos;
            slots.sent(slot, nowNanos);
        }
        return slot;
    }

    @Test
    void take_untilAllAreInFlight_givesEachPlaceOfEachIdOnce() {
        int ids = 3;
        SlotTable slots = new SlotTable(ids, nowNanos);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < ids * SlotTable.SEQUENCES; i++) {
            int slot = send(slots, SECOND_NANOS);
            assertTrue(SlotTable.idIndex(slot) < ids, "id " + SlotTable.idIndex(slot));
            assertTrue(taken.add(slot));
            assertEquals(slot, slots.find(SlotTable.idIndex(slot), SlotTable.sequence(slot)));
        }

        assertEquals(SlotTable.NONE, slots.take(nowNanos));
        slots.decideEarly(70_000);
        assertEquals(70_000, slots.take(nowNanos));
        assertEquals(SlotTable.NONE, slots.take(nowNanos));
    }

    @Test
    void take_whileAnsweredPingsMayBeDuplicated_sparesThem() {
        SlotTable slots = new SlotTable(1, nowNanos);
        int answered = send(slots, SECOND_NANOS);
        slots.decideEarly(answered);
        for (int i = 0; i < 10_000; i++) {
            nowNanos += SECOND_NANOS / 10_000;
            int slot = send(slots, SECOND_NANOS);
            assertFalse(slot == answered, "after " + i);
            slots.decideEarly(slot);
        }
    }

    @Test
    void take_besideAPingThatIsWaitedForLonger_doesNotGrow() {
        SlotTable slots = new SlotTable(1, nowNanos);
        int patient = send(slots, 1_000 * SECOND_NANOS);
        for (int i = 0; i < 100_000; i++) {
            nowNanos += SECOND_NANOS / 100;
            int slot = send(slots, SECOND_NANOS);
            assertFalse(slot == patient);
            slots.decideEarly(slot);
        }

        assertTrue(slots.isInFlight(patient));
        assertTrue(slots.handle.length <= 512, slots.handle.length + " slots");
    }
}
