package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DueHeapTest {

    @Test
    void moveFirst_acrossOverflow_isAlwaysTheEarliest() {
        DueHeap heap = new DueHeap();
        Random random = new Random(7);
        long start = Long.MAX_VALUE - 10_000;
        for (int i = 0; i < 500; i++) {
            heap.add(start + random.nextInt(1_000), i);
        }
        int[] moves = new int[500];
        long last = start;
        for (int i = 0; i < 20_000; i++) {
            long due = heap.firstDueNanos();
            assertTrue(due - last >= 0);
            last = due;
            moves[heap.firstSlot()]++;
            heap.moveFirst(due + 1_000);
        }
        for (int slot : moves) {
            assertEquals(40, slot);
        }
    }
}
