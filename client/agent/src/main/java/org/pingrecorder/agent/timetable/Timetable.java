package org.pingrecorder.agent.timetable;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.PingListener;
import org.pingrecorder.icmp.PingSource;
import org.pingrecorder.wire.Outcome;

/**
 * When each ip is pinged: at Unix epoch + k × interval + a fixed offset per (client, ip). A slot is
 * sent when it comes or not at all; one that could not be kept is {@link Outcome#MISSED}, and
 * nothing is ever made up for.
 *
 * <p>Slots are counted in wall time but waited for in monotonic time, from one {@link Anchor}. What
 * the wall clock has moved since is made up for in one of two ways. Up to {@value #STEP_MICROS} µs
 * (a clock that is disciplined, a small step) the anchor follows by a twentieth of the time that
 * passes, so that each slot comes once, only a little sooner or later after the one before. Beyond
 * it the clock was set or the machine slept: a new anchor is taken and every ip goes on at its next
 * slot. The slots in between are neither missed nor sent; nobody was there.
 *
 * <p>{@link #ping}, {@link #pause} and {@link #unsteppedEpochMicros} may be called by any thread,
 * everything else by the engine's only.
 */
public final class Timetable implements PingSource, PingListener {

    /**
     * Pings that leave at once, unless three places of the timetable have more: what a stall held
     * up goes in portions, whose replies the smallest receive buffer holds.
     */
    static final int LEAST_AT_ONCE = 256;

    /** The cause of a slot that was {@link Outcome#MISSED} here. */
    public static final String HELD_UP = "client_held_up";

    /** Pings due within this leave together: at 10,000 a second a wake-up each is the cost. */
    static final long TOGETHER_NANOS = 1_000_000;

    /** Wall and monotonic time further apart than this were moved by somebody. */
    static final long STEP_MICROS = 1_000_000;

    /** How often the two clocks are compared, at least. */
    static final long COMPARE_NANOS = 1_000_000_000;

    /** The same while the anchor follows the wall clock. */
    static final long FOLLOW_NANOS = 10_000_000;

    /** The anchor follows by this part of the time since it was compared last. */
    private static final long FOLLOW_PART = 20;

    /** Beyond a second, a planned time would no longer say when the ping was sent. */
    private static final long MOST_SLIP_MICROS = 1_000_000;

    /**
     * A longer stall means that the process was not running (stopped, or its machine frozen with
     * the monotonic clock going on): its slots are passed over like those of a suspend.
     */
    static final long STOPPED_NANOS = 60_000_000_000L;

    private final String client;
    private final Clock clock;
    private final PingSink sink;
    private final TimetableEvents events;
    private final Announcements announcements;
    private final AtomicReference<@Nullable Wanted> wanted = new AtomicReference<>();

    private final Flights flights = new Flights();
    private final CurrentPing current = new CurrentPing();
    private final SlipHistogram slips = new SlipHistogram();
    private final DueHeap heap = new DueHeap();
    private List<PingedIp> ips = List.of();
    private boolean paused;
    private volatile Anchor anchor;
    private long comparedNanos;
    private long compareAfterNanos = COMPARE_NANOS;
    private long notBeforeNanos;
    private int mostAtOnce = LEAST_AT_ONCE;

    /** Pings handed over in this question. */
    private int sending;

    /** What another thread wants; the engine's takes the newest. */
    private record Wanted(List<PingedIp> ips, boolean paused) {}

    /**
     * An empty timetable.
     *
     * @param client this client's name, which moves its slots away from other clients'
     * @param sink told of every slot
     * @param events told of what happened to time
     */
    public Timetable(String client, Clock clock, PingSink sink, TimetableEvents events) {
        this.client = client;
        this.clock = clock;
        this.sink = sink;
        this.events = events;
        this.announcements = new Announcements(sink);
        this.anchor = Anchor.now(clock);
        this.comparedNanos = anchor.nanos();
        this.notBeforeNanos = anchor.nanos();
    }

    /**
     * Pings these and no others from their next slots on; an ip that stays keeps its slots. The
     * engine is to be woken after it.
     *
     * @param wantedIps each {@link PingedIp#key} once
     */
    public void ping(List<PingedIp> wantedIps) {
        wanted.set(new Wanted(List.copyOf(wantedIps), false));
    }

    /**
     * Keeps no slot any more, until {@link #ping}; these and no others are the ips whose slots are
     * not kept. What is in flight is decided. The engine is to be woken after it.
     *
     * @param wantedIps each {@link PingedIp#key} once
     */
    public void pause(List<PingedIp> wantedIps) {
        wanted.set(new Wanted(List.copyOf(wantedIps), true));
    }

    /** By how much the pings that were sent have slipped; may be read by any thread. */
    public SlipHistogram slips() {
        return slips;
    }

    /**
     * What the clock of this timetable would show had it never been stepped: whatever is planned
     * with it after so many {@link PingResult#clockSteps} is this and those steps' sum ahead.
     */
    public long unsteppedEpochMicros() {
        return anchor.unsteppedMicrosAt(clock.nanoTime());
    }

    /**
     * The earliest slot of the pings in flight, and of those to come, which may be due already;
     * once the engine is closed, for any thread.
     */
    public OptionalLong oldestUndecidedEpochMicros() {
        OptionalLong inFlight = flights.oldestEpochMicros();
        if (paused || heap.isEmpty()) {
            return inFlight;
        }
        long next = heap.firstEpochMicros();
        return OptionalLong.of(Math.min(next, inFlight.orElse(next)));
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        Wanted changed = wanted.getAndSet(null);
        if (changed != null) {
            change(changed, nowNanos);
        }
        if (isDue(nowNanos) || nowNanos - comparedNanos >= compareAfterNanos) {
            compareClocks(nowNanos);
        }
        if (nowNanos - notBeforeNanos >= 0) {
            sending = 0;
            while (sending < mostAtOnce && isDue(nowNanos)) {
                heap.moveFirst(keep(nowNanos, sender));
                notBeforeNanos = nowNanos + TOGETHER_NANOS;
            }
        }
        return nextWake(nowNanos);
    }

    private boolean isDue(long nowNanos) {
        return !paused
                && !heap.isEmpty()
                && heap.firstEpochMicros() <= anchor.epochMicrosAt(nowNanos);
    }

    private long nextWake(long nowNanos) {
        if (heap.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (paused) {
            return nowNanos + compareAfterNanos;
        }
        long dueNanos = anchor.nanosAt(heap.firstEpochMicros());
        long wait = Math.max(dueNanos - nowNanos, notBeforeNanos - nowNanos);
        return nowNanos + Math.min(wait, compareAfterNanos);
    }

    /** Sends the first slot or says why not; returns the slot after it. */
    private long keep(long nowNanos, Sender sender) {
        PingedIp ip = ips.get(heap.firstIndex());
        long epochMicros = heap.firstEpochMicros();
        long dueNanos = anchor.nanosAt(epochMicros);
        long slipNanos = nowNanos - dueNanos;
        Pace pace = ip.pace();
        if (slipNanos > STOPPED_NANOS) {
            announcements.interrupted(ip);
            events.stopped(slipNanos);
            return firstAfter(anchor.epochMicrosAt(nowNanos), epochMicros, pace);
        }
        PingedIp.Location location = ip.location();
        if (slipNanos > mostSlipNanos(pace)) {
            announcements.pinged(ip, epochMicros);
            sink.decided(current.of(ip, epochMicros, anchor.steps(), Outcome.MISSED, HELD_UP));
        } else {
            // While Pending its first lookup is under way: the ip is not being pinged yet. No
            // switch over types, which costs as much as all the rest here.
            if (location instanceof PingedIp.Location.Found found) {
                sending++;
                announcements.pinged(ip, epochMicros);
                sender.ping(
                        flights.take(ip, epochMicros, dueNanos, anchor.steps()),
                        found.target(),
                        pace.timeout().toNanos(),
                        pace.grace().toNanos());
            } else if (location instanceof PingedIp.Location.Unknown unknown) {
                announcements.pinged(ip, epochMicros);
                sink.decided(
                        current.of(
                                ip,
                                epochMicros,
                                anchor.steps(),
                                Outcome.RESOLVE_ERROR,
                                unknown.cause()));
            }
        }
        return epochMicros + pace.intervalMicros();
    }

    /**
     * How late a ping may be sent: until its ip's next slot, and a second at most. What a stall has
     * held up and may still leave is therefore one ping an ip, and with long intervals far less.
     */
    private static long mostSlipNanos(Pace pace) {
        return Math.min(pace.intervalMicros(), MOST_SLIP_MICROS) * 1_000;
    }

    /**
     * The first slot after a time.
     *
     * @param slotEpochMicros any slot of the grid
     */
    private static long firstAfter(long nowMicros, long slotEpochMicros, Pace pace) {
        long interval = pace.intervalMicros();
        return slotEpochMicros
                + (Math.floorDiv(nowMicros - slotEpochMicros, interval) + 1) * interval;
    }

    private void compareClocks(long nowNanos) {
        long elapsedNanos = nowNanos - comparedNanos;
        comparedNanos = nowNanos;
        long movedMicros = anchor.movedMicros(clock);
        compareAfterNanos = movedMicros == 0 ? COMPARE_NANOS : FOLLOW_NANOS;
        if (Math.abs(movedMicros) > STEP_MICROS) {
            anchor = anchor.stepped(movedMicros, nowNanos);
            announcements.interrupted(ips);
            goOn(anchor.epochMicrosAt(nowNanos));
            events.clockMoved(movedMicros);
            tellPaused();
        } else if (movedMicros != 0) {
            long most = Math.min(elapsedNanos, FOLLOW_NANOS) / FOLLOW_PART / 1_000;
            anchor = anchor.moved(Math.clamp(movedMicros, -most, most), nowNanos);
        }
    }

    /** Moves every ip to the first slot after a time at which it may begin. */
    private void goOn(long nowMicros) {
        long[] slots = heap.byIndex();
        heap.clear(slots.length);
        for (int i = 0; i < slots.length; i++) {
            PingedIp ip = ips.get(i);
            long after = announcements.mayBeginAfter(ip, nowMicros);
            heap.add(firstAfter(after, slots[i], ip.pace()), i);
        }
    }

    private void change(Wanted now, long nowNanos) {
        long nowMicros = anchor.epochMicrosAt(nowNanos);
        announcements.forgetEndsUntil(nowMicros);
        if (paused) {
            goOn(nowMicros); // what has passed since is not to be sent
        }
        List<PingedIp> changed = now.ips();
        Handover handover = new Handover(ips, heap.byIndex(), changed, announcements);
        handover.tellEnded(changed);
        heap.clear(changed.size());
        for (int i = 0; i < changed.size(); i++) {
            heap.add(slot(handover, changed.get(i), nowMicros), i);
        }
        for (int i = 0; i < changed.size(); i++) {
            changed.get(i).index = i;
        }
        ips = changed;
        paused = now.paused();
        tellPaused();
        double perMicro =
                changed.stream().mapToDouble(ip -> 1.0 / ip.pace().intervalMicros()).sum();
        mostAtOnce = Math.max(LEAST_AT_ONCE, (int) (3 * SlotOffset.PLACE_MICROS * perMicro));
    }

    private long slot(Handover handover, PingedIp ip, long nowMicros) {
        OptionalLong kept = handover.slotOf(ip);
        if (kept.isPresent()) {
            return kept.getAsLong();
        }
        long offset = SlotOffset.micros(client, ip.key(), ip.pace().intervalMicros());
        long first = firstAfter(announcements.mayBeginAfter(ip, nowMicros), offset, ip.pace());
        handover.tellChanged(ip, first);
        return first;
    }

    private void tellPaused() {
        if (paused) {
            long[] slots = heap.byIndex();
            for (int i = 0; i < slots.length; i++) {
                announcements.paused(ips.get(i), slots[i]);
            }
        }
    }

    @Override
    public void decided(Decision decision) {
        CurrentPing ping = current.of(flights, decision);
        flights.release(decision.handle());
        if (ping.outcome().counts() != Outcome.Counts.NOT_SENT) {
            slips.add(ping.slipNanos());
        }
        sink.decided(ping);
    }

    @Override
    public void duplicate(long handle) {
        if (flights.holds(handle)) {
            sink.duplicate(flights.ip(handle), flights.plannedEpochMicros(handle));
        }
    }

    @Override
    public void failed(Throwable cause) {
        events.failed(cause);
    }
}
