package org.pingrecorder.icmp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest pings of one socket, in parallel arrays that are used as a ring. A slot is its place
 * in them, and that place is what its packet says on the wire: the id's place among the socket's
 * ids, and the 16-bit sequence.
 *
 * <p>A decided ping stays until the ring comes round to it, so that a duplicate is told from a
 * stranger; the ring grows as long as it would come round before the ping's lifetime is over. At
 * full size only pings in flight are spared.
 */
final class SlotTable {

    static final int SEQUENCES = 1 << 16;

    /** No such slot. */
    static final int NONE = -1;

    private static final int INITIAL_SLOTS = 256;

    /** A few pings that are waited for much longer than the others must not make the ring grow. */
    private static final int MOST_SKIPPED = 16;

    private static final byte EMPTY = 0;
    private static final byte TAKEN = 1;
    private static final byte IN_FLIGHT = 2;
    private static final byte DECIDED = 3;
    private static final EchoTarget[] NO_TARGETS = {};

    private final int mostSlots;
    private int next;
    private int undecided;

    final DeadlineWheel deadlines;
    long[] handle = new long[0];
    @Nullable EchoTarget[] target = NO_TARGETS;
    long[] token = new long[0];
    long[] sentAtNanos = new long[0];
    long[] timeoutNanos = new long[0];
    long[] lifetimeNanos = new long[0];
    long[] heldUpNanos = new long[0];
    int[] dropsAtSend = new int[0];
    private byte[] state = new byte[0];

    SlotTable(int ids, long nowNanos) {
        this.mostSlots = ids * SEQUENCES;
        this.deadlines = new DeadlineWheel(nowNanos, INITIAL_SLOTS);
        grow(INITIAL_SLOTS);
    }

    /** Takes the next slot of the ring, or {@link #NONE} when all are undecided. */
    int take(long nowNanos) {
        if (undecided == mostSlots) {
            return NONE;
        }
        int slot = next;
        for (int skipped = 0; state.length < mostSlots && isNeeded(slot, nowNanos); skipped++) {
            if (skipped == MOST_SKIPPED) {
                slot = state.length;
                grow(Math.min(2 * state.length, mostSlots));
            } else {
                slot = following(slot);
            }
        }
        while (isUndecided(slot)) {
            slot = following(slot);
        }
        next = following(slot);
        state[slot] = TAKEN;
        undecided++;
        return slot;
    }

    boolean anyUndecided() {
        return undecided > 0;
    }

    private boolean isNeeded(int slot, long nowNanos) {
        return isUndecided(slot)
                || (state[slot] == DECIDED && nowNanos - sentAtNanos[slot] <= lifetimeNanos[slot]);
    }

    private boolean isUndecided(int slot) {
        return state[slot] == TAKEN || state[slot] == IN_FLIGHT;
    }

    private int following(int slot) {
        return slot + 1 == state.length ? 0 : slot + 1;
    }

    /** The request of a taken slot was sent; its deadline is known from now. */
    void sent(int slot, long atNanos) {
        sentAtNanos[slot] = atNanos;
        state[slot] = IN_FLIGHT;
        deadlines.add(slot, atNanos + lifetimeNanos[slot]);
    }

    /** Whether a ping was sent and has no outcome yet. */
    boolean isInFlight(int slot) {
        return state[slot] == IN_FLIGHT;
    }

    /** The ping of a taken slot has its outcome; its deadline has come or is not known. */
    void decide(int slot) {
        state[slot] = DECIDED;
        undecided--;
    }

    /** The ping of a slot in flight has its outcome before its deadline. */
    void decideEarly(int slot) {
        deadlines.remove(slot);
        decide(slot);
    }

    /** The slot that an id's place and a sequence mean, or {@link #NONE}. */
    int find(int idIndex, int sequence) {
        int slot = idIndex * SEQUENCES + sequence;
        return slot < state.length && state[slot] != EMPTY ? slot : NONE;
    }

    /** Where among the socket's ids the slot's id is. */
    static int idIndex(int slot) {
        return slot / SEQUENCES;
    }

    static int sequence(int slot) {
        return slot % SEQUENCES;
    }

    private void grow(int slots) {
        handle = Arrays.copyOf(handle, slots);
        target = Arrays.copyOf(target, slots);
        token = Arrays.copyOf(token, slots);
        sentAtNanos = Arrays.copyOf(sentAtNanos, slots);
        timeoutNanos = Arrays.copyOf(timeoutNanos, slots);
        lifetimeNanos = Arrays.copyOf(lifetimeNanos, slots);
        heldUpNanos = Arrays.copyOf(heldUpNanos, slots);
        dropsAtSend = Arrays.copyOf(dropsAtSend, slots);
        state = Arrays.copyOf(state, slots);
        deadlines.grow(slots);
    }
}
