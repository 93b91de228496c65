package org.pingrecorder.icmp;

import java.util.List;
import org.pingrecorder.icmp.socket.EchoNetwork;

/**
 * What the engine does in one turn: read what came, expire what is over, send what is due. Runs on
 * one thread, except {@link #wake} and the reading of counters. Knows no operating system.
 */
final class EngineLoop {

    /** Pings due within this time of each other leave together. */
    static final long SEND_SPACING_NANOS = 1_000_000;

    /**
     * How long messages may wait for company after a turn that had some: the kernel has stamped
     * them, so being read later changes no measurement, and a wake-up each is what costs most.
     */
    static final long READ_SPACING_NANOS = 25_000_000;

    /** Answers to so many fit into the smallest receive buffer; with more we look more often. */
    private static final int FEW_IN_FLIGHT = 256;

    private final Clock clock;
    private final EchoNetwork network;
    private final PingSource source;
    private final Lane[] lanes;
    private final Counters counters;
    private final Decider decider;
    private final ReceivePath receivePath;
    private final SendPath sendPath;
    private final StagedPings staged = new StagedPings();
    private long askAtNanos;
    private long handled;
    private boolean busy;

    /** Whether the network was asked what has come since the last turn. */
    private boolean looked = true;

    private volatile boolean askNow = true;

    EngineLoop(
            int payloadBytes,
            Clock clock,
            EchoNetwork network,
            PingSource source,
            PingListener listener,
            PingTokens tokens,
            Counters counters) {
        this.clock = clock;
        this.network = network;
        this.source = source;
        this.counters = counters;
        long nowNanos = clock.nanoTime();
        List<Lane> all =
                network.sockets().stream().map(s -> new Lane(s, payloadBytes, nowNanos)).toList();
        this.lanes = all.toArray(Lane[]::new);
        this.decider = new Decider(listener, counters);
        this.receivePath = new ReceivePath(clock, decider, counters);
        this.sendPath =
                new SendPath(
                        clock,
                        all,
                        network.whyMissing(false),
                        network.whyMissing(true),
                        tokens,
                        receivePath,
                        decider,
                        counters);
    }

    /** Makes the next turn ask the source. Thread-safe. */
    void wake() {
        askNow = true;
        network.wake();
    }

    /** One turn; when the next one is needed at the latest, {@link Long#MAX_VALUE} for never. */
    long turn() {
        for (int i = 0; i < lanes.length; i++) {
            readAndExpire(i);
        }
        long nowNanos = clock.nanoTime();
        if (askNow || nowNanos >= askAtNanos) {
            ask(nowNanos);
        }
        counters.publish();
        long handledNow = counters.get(Counters.SENT) + counters.get(Counters.RECEIVED);
        busy = handledNow != handled;
        handled = handledNow;
        long wakeAtNanos = askAtNanos;
        for (Lane lane : lanes) {
            wakeAtNanos = Math.min(wakeAtNanos, lane.slots.deadlines.nextNanos());
        }
        return wakeAtNanos;
    }

    private void readAndExpire(int index) {
        Lane lane = lanes[index];
        boolean answered = looked ? network.hasMessages(index) : lane.slots.anyUndecided();
        // What arrived before a deadline must be read before that deadline is expired, even where
        // this thread did not run for a while since the wait.
        long nowNanos = clock.nanoTime();
        boolean expiring = lane.slots.deadlines.nextNanos() <= nowNanos;
        boolean drained = (!answered && !expiring) || receivePath.drain(lane);
        if (expiring || lane.errorPending || (looked && network.hasErrors(index))) {
            receivePath.drainErrors(lane);
        }
        if (!drained) {
            return;
        }
        if (expiring) {
            int drops = lane.socket.drops();
            lane.drops = drops >= 0 ? drops : lane.drops;
        }
        for (int slot = lane.slots.deadlines.poll(nowNanos);
                slot != SlotTable.NONE;
                slot = lane.slots.deadlines.poll(nowNanos)) {
            decider.expired(lane, slot);
        }
    }

    private void ask(long nowNanos) {
        askNow = false; // before the question, so that a wake during it is not lost
        long dueAtNanos = source.sendDue(nowNanos, staged);
        boolean any = staged.count() > 0;
        if (any) {
            sendPath.send(staged, nowNanos);
            staged.clear();
        }
        askAtNanos = any ? Math.max(dueAtNanos, nowNanos + SEND_SPACING_NANOS) : dueAtNanos;
    }

    /** Waits until a turn is needed. */
    void await(long wakeAtNanos) {
        looked = true;
        if (busy && !askNow) {
            boolean few = counters.inFlight() <= FEW_IN_FLIGHT;
            network.rest(
                    Math.min(
                            nanosUntil(wakeAtNanos),
                            few ? READ_SPACING_NANOS : SEND_SPACING_NANOS));
            looked = askNow || nanosUntil(wakeAtNanos) > 0;
        }
        if (looked) {
            network.await(askNow ? 0 : nanosUntil(wakeAtNanos));
        }
    }

    private long nanosUntil(long atNanos) {
        return atNanos == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, atNanos - clock.nanoTime());
    }
}
