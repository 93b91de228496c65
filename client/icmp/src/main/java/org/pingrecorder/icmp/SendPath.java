package org.pingrecorder.icmp;

import java.util.List;
import org.pingrecorder.icmp.linux.Errno;

/** Gives staged pings their slots and sends them in batches. */
final class SendPath {

    /**
     * How often one request is tried again after some host's pending error stopped it. While errors
     * flow in, several in a row meet it.
     */
    private static final int MAX_PENDING_ERRORS = 64;

    /** How often in a row one request is stopped without an entry that explains it. */
    static final int MAX_FRUITLESS = 3;

    /** How long one turn may wait in all for the kernel to find room. */
    private static final int MAX_ROOM_WAITS = 10;

    private static final long ROOM_WAIT_NANOS = 1_000_000;

    /** What one request takes of a call, generously. */
    private static final long USUAL_SEND_NANOS = 20_000;

    /** A call that took so much longer than usual was interrupted. */
    private static final long HELD_UP_NANOS = 500_000;

    private final Clock clock;
    private final Decider decider;
    private final Counters counters;
    private final ReceivePath receivePath;
    private final PingTokens tokens;
    private final Family ipv4;
    private final Family ipv6;
    private int roomWaits;
    private int fruitless;

    /** The lanes of one address family, used in turn. */
    private static final class Family {
        final Lane[] lanes;
        final String whyNone;
        int turn;

        Family(List<Lane> all, boolean ipv6, String whyNone) {
            this.lanes = all.stream().filter(l -> l.socket.ipv6() == ipv6).toArray(Lane[]::new);
            this.whyNone = whyNone;
        }
    }

    SendPath(
            Clock clock,
            List<Lane> lanes,
            String whyNoIpv4,
            String whyNoIpv6,
            PingTokens tokens,
            ReceivePath receivePath,
            Decider decider,
            Counters counters) {
        this.clock = clock;
        this.decider = decider;
        this.counters = counters;
        this.receivePath = receivePath;
        this.tokens = tokens;
        this.ipv4 = new Family(lanes, false, whyNoIpv4);
        this.ipv6 = new Family(lanes, true, whyNoIpv6);
    }

    /** Sends all staged pings, or decides that they cannot be. */
    void send(StagedPings staged, long nowNanos) {
        roomWaits = 0;
        for (int i = 0; i < staged.count(); i++) {
            counters.add(Counters.HANDED_OVER);
            stage(staged, i, staged.target(i).isIpv6() ? ipv6 : ipv4, nowNanos);
        }
        flush(ipv4);
        flush(ipv6);
    }

    private void stage(StagedPings staged, int index, Family family, long nowNanos) {
        EchoTarget target = staged.target(index);
        long handle = staged.handle(index);
        if (family.lanes.length == 0) {
            decider.notSent(handle, target, Outcome.SEND_ERROR, nowNanos, family.whyNone);
            return;
        }
        for (int tried = 0; tried < family.lanes.length; tried++) {
            Lane lane = family.lanes[family.turn];
            int slot = lane.slots.take(nowNanos);
            if (slot != SlotTable.NONE) {
                lane.slots.handle[slot] = handle;
                lane.slots.target[slot] = target;
                lane.slots.token[slot] = tokens.next();
                lane.slots.timeoutNanos[slot] = staged.timeoutNanos(index);
                lane.slots.lifetimeNanos[slot] = staged.lifetimeNanos(index);
                lane.request(slot);
                if (lane.isFull()) {
                    flush(lane);
                    // Near hosts answer at once: a long burst would fill the receive buffer.
                    receivePath.drain(lane);
                    rotate(family);
                }
                return;
            }
            rotate(family);
        }
        decider.notSent(handle, target, Outcome.MISSED, nowNanos, Decider.NO_FREE_SEQUENCE);
    }

    private static void rotate(Family family) {
        family.turn = family.turn + 1 == family.lanes.length ? 0 : family.turn + 1;
    }

    private void flush(Family family) {
        for (Lane lane : family.lanes) {
            flush(lane);
        }
    }

    private void flush(Lane lane) {
        int first = 0;
        int pendingErrors = 0;
        fruitless = 0;
        while (first < lane.batched) {
            long beforeNanos = clock.nanoTime();
            int result = lane.socket.send(first, lane.batched - first);
            long afterNanos = clock.nanoTime();
            if (result > 0) {
                sent(lane, first, result, beforeNanos, afterNanos);
                first += result;
                pendingErrors = 0;
                fruitless = 0;
            } else if (!mayTryAgain(lane, -result, pendingErrors++)) {
                decider.refused(lane, lane.batch[first++], beforeNanos, Errno.name(-result));
                pendingErrors = 0;
                fruitless = 0;
            }
        }
        lane.batched = 0;
    }

    /**
     * Requests of one call leave one after the other, each in the middle of its share. Where the
     * call took far longer than such calls do, this thread lost its processor in the middle of it,
     * and a request left either before that or after it. It is taken to have left after it, so that
     * the time lost here is charged to no host; a reply from before proves the other.
     */
    private void sent(Lane lane, int first, int count, long beforeNanos, long afterNanos) {
        SlotTable slots = lane.slots;
        long callNanos = afterNanos - beforeNanos;
        long heldUpNanos = callNanos - count * USUAL_SEND_NANOS;
        boolean heldUp = heldUpNanos > HELD_UP_NANOS;
        for (int i = 0; i < count; i++) {
            int slot = lane.batch[first + i];
            slots.dropsAtSend[slot] = lane.drops;
            slots.heldUpNanos[slot] = heldUp ? heldUpNanos : 0;
            slots.sent(
                    slot,
                    heldUp
                            ? afterNanos - (count - i) * USUAL_SEND_NANOS
                            : beforeNanos + callNanos * (2L * i + 1) / (2L * count));
            counters.add(Counters.SENT);
            if (heldUp) {
                counters.add(Counters.HELD_UP);
            }
        }
    }

    /**
     * Whether a request that failed may be sent again: after a wait for room; or after the error
     * queue was drained, because the error of another host, pending on the socket, fails whatever
     * is sent next. An error that stays without such an entry is the request's own; not at once,
     * because the kernel queues the entry before it marks the socket.
     */
    private boolean mayTryAgain(Lane lane, int errno, int pendingErrors) {
        ReceivePath.failIfBroken(errno);
        if (errno == Errno.EINTR) {
            return true;
        }
        if (errno == Errno.EAGAIN || errno == Errno.ENOBUFS || errno == Errno.ENOMEM) {
            if (roomWaits++ >= MAX_ROOM_WAITS) {
                return false;
            }
            lane.socket.awaitWritable(ROOM_WAIT_NANOS);
            return true;
        }
        receivePath.drain(lane);
        fruitless = receivePath.drainErrors(lane) > 0 ? 0 : fruitless + 1;
        return fruitless < MAX_FRUITLESS && pendingErrors < MAX_PENDING_ERRORS;
    }
}
