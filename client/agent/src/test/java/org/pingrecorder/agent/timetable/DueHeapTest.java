package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DueHeapTest {

    @Test
    void moveFirst_always_leavesTheEarliestFirst() {
        DueHeap heap = new DueHeap();
        heap.clear(500);
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            heap.add(random.nextInt(1_000), i);
        }
        int[] moves = new int[500];
        long last = 0;
        for (int i = 0; i < 20_000; i++) {
            long slot = heap.firstEpochMicros();
            assertTrue(slot >= last);
            last = slot;
            moves[heap.firstIndex()]++;
            heap.moveFirst(slot + 1_000);
        }
        for (int count : moves) {
            assertEquals(40, count);
        }
    }

    @Test
    void byIndex_always_isWhatWasAdded() {
        DueHeap heap = new DueHeap();
        heap.clear(3);
        heap.add(9, 0);
        heap.add(7, 1);
        heap.add(8, 2);
        heap.moveFirst(10);

        assertArrayEquals(new long[] {9, 10, 8}, heap.byIndex());
        heap.clear(0);
        assertTrue(heap.isEmpty());
        assertEquals(0, heap.byIndex().length);
    }
}
