package org.pingrecorder.icmp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pings of one socket that may still be answered, in parallel arrays: a slot is an index into
 * them. Found again by key, which is the id's place among the socket's ids and the 16-bit sequence.
 * A slot stays taken until its grace time is over, decided or not, so that a duplicate is told from
 * a stranger.
 */
final class SlotTable {

    static final int SEQUENCES = 1 << 16;

    /** No such slot. */
    static final int NONE = -1;

    private static final int INITIAL_SLOTS = 256;
    private static final EchoTarget[] NO_TARGETS = {};

    private final int[] slotOfKey; // slot + 1, so that a new array is empty
    private int nextKey;
    private int used;

    /** Slots that were freed, to be taken first; never longer than the slots ever taken. */
    private int[] freed = new int[0];

    private int freedCount;
    private int everTaken;

    final DeadlineWheel deadlines;
    long[] handle = new long[0];
    @Nullable EchoTarget[] target = NO_TARGETS;
    int[] key = new int[0];
    long[] token = new long[0];
    long[] sentAtNanos = new long[0];
    long[] timeoutNanos = new long[0];
    long[] lifetimeNanos = new long[0];
    int[] dropsAtSend = new int[0];
    boolean[] decided = new boolean[0];

    SlotTable(int ids, long nowNanos) {
        this.slotOfKey = new int[ids * SEQUENCES];
        this.deadlines = new DeadlineWheel(nowNanos, INITIAL_SLOTS);
        grow(INITIAL_SLOTS);
    }

    /** Takes a slot with a key that no other has, or {@link #NONE} when all are in flight. */
    int take() {
        if (used == slotOfKey.length) {
            return NONE;
        }
        if (freedCount == 0 && everTaken == handle.length) {
            grow(2 * handle.length);
        }
        int slot = freedCount > 0 ? freed[--freedCount] : everTaken++;
        int free = nextKey;
        while (slotOfKey[free] != 0) {
            free = following(free);
        }
        nextKey = following(free);
        slotOfKey[free] = slot + 1;
        key[slot] = free;
        decided[slot] = false;
        used++;
        return slot;
    }

    private int following(int someKey) {
        return someKey + 1 == slotOfKey.length ? 0 : someKey + 1;
    }

    /** Gives a slot and its key back. */
    void free(int slot) {
        slotOfKey[key[slot]] = 0;
        target[slot] = null;
        freed[freedCount++] = slot;
        used--;
    }

    /** The slot with this key, or {@link #NONE}. */
    int find(int idIndex, int sequence) {
        return slotOfKey[idIndex * SEQUENCES + sequence] - 1;
    }

    /** Where among the socket's ids the slot's id is. */
    int idIndex(int slot) {
        return key[slot] / SEQUENCES;
    }

    int sequence(int slot) {
        return key[slot] % SEQUENCES;
    }

    private void grow(int slots) {
        handle = Arrays.copyOf(handle, slots);
        target = Arrays.copyOf(target, slots);
        key = Arrays.copyOf(key, slots);
        token = Arrays.copyOf(token, slots);
        sentAtNanos = Arrays.copyOf(sentAtNanos, slots);
        timeoutNanos = Arrays.copyOf(timeoutNanos, slots);
        lifetimeNanos = Arrays.copyOf(lifetimeNanos, slots);
        dropsAtSend = Arrays.copyOf(dropsAtSend, slots);
        decided = Arrays.copyOf(decided, slots);
        freed = Arrays.copyOf(freed, slots);
        deadlines.grow(slots);
    }
}
