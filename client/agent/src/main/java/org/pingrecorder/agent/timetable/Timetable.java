package org.pingrecorder.agent.timetable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Slots are counted in wall time but waited for in monotonic time, from one {@link Anchor}. When
 * the two have moved apart by more than {@value #STEP_MICROS} µs, the clock was set or the machine
 * slept: a new anchor is taken and every ip goes on at its next slot. The slots in between are
 * neither missed nor sent; nobody was there.
 *
 * <p>{@link #ping} may be called by any thread, everything else by the engine's only.
 */
public final class Timetable implements PingSource, PingListener {

    /** The cause of a slot that was {@link Outcome#MISSED} here. */
    public static final String HELD_UP = "client_held_up";

    /** Pings due within this leave together: at 10,000 a second a wake-up each is the cost. */
    static final long TOGETHER_NANOS = 1_000_000;

    /** Wall and monotonic time further apart than this were moved by somebody. */
    static final long STEP_MICROS = 1_000_000;

    /** How often the two clocks are compared, at least. */
    static final long COMPARE_NANOS = 1_000_000_000;

    /**
     * A longer stall means that the process was not running (stopped, or its machine frozen with
     * the monotonic clock going on): its slots are passed over like those of a suspend.
     */
    static final long STOPPED_NANOS = 60_000_000_000L;

    private final String client;
    private final Clock clock;
    private final PingSink sink;
    private final TimetableEvents events;
    private final AtomicReference<@Nullable List<PingedIp>> wanted = new AtomicReference<>();

    private final Flights flights = new Flights();
    private final CurrentPing current = new CurrentPing();
    private final DueHeap heap = new DueHeap();
    private List<Slot> slots = List.of();
    private Anchor anchor;
    private long comparedNanos;
    private long notBeforeNanos;

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
        this.anchor = new Anchor(clock.nanoTime(), clock.epochMicros());
        this.comparedNanos = anchor.nanos();
        this.notBeforeNanos = anchor.nanos();
    }

    /**
     * Pings these and no others from their next slots on; an ip that stays keeps its slots. The
     * engine is to be woken after it.
     *
     * @param ips each address once
     */
    public void ping(List<PingedIp> ips) {
        wanted.set(List.copyOf(ips));
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        List<PingedIp> changed = wanted.getAndSet(null);
        if (changed != null) {
            change(changed, nowNanos);
        }
        boolean due = !heap.isEmpty() && heap.firstDueNanos() - nowNanos <= 0;
        if (due || nowNanos - comparedNanos >= COMPARE_NANOS) {
            compareClocks(nowNanos);
        }
        if (nowNanos - notBeforeNanos >= 0) {
            while (!heap.isEmpty() && heap.firstDueNanos() - nowNanos <= 0) {
                Slot slot = slots.get(heap.firstSlot());
                keep(slot, nowNanos, sender);
                heap.moveFirst(slot.dueNanos());
                notBeforeNanos = nowNanos + TOGETHER_NANOS;
            }
        }
        return nextWake(nowNanos);
    }

    private long nextWake(long nowNanos) {
        if (heap.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long wait = Math.max(heap.firstDueNanos() - nowNanos, notBeforeNanos - nowNanos);
        return nowNanos + Math.min(wait, COMPARE_NANOS);
    }

    private void keep(Slot slot, long nowNanos, Sender sender) {
        long slipNanos = nowNanos - slot.dueNanos();
        if (slipNanos > STOPPED_NANOS) {
            slot.moveAfter(nowNanos, anchor);
            events.stopped(slipNanos);
            return;
        }
        PingedIp ip = slot.ip();
        if (slipNanos > slot.mostSlipNanos()) {
            sink.decided(current.of(ip, slot.epochMicros(), Outcome.MISSED, HELD_UP));
        } else {
            switch (ip.location()) {
                case PingedIp.Location.Found found -> {
                    long handle = flights.take(ip, slot.epochMicros(), slot.dueNanos());
                    Pace pace = ip.pace();
                    sender.ping(
                            handle,
                            found.target(),
                            pace.timeout().toNanos(),
                            pace.grace().toNanos());
                }
                case PingedIp.Location.Unknown unknown ->
                        sink.decided(
                                current.of(
                                        ip,
                                        slot.epochMicros(),
                                        Outcome.RESOLVE_ERROR,
                                        unknown.cause()));
                case PingedIp.Location.Pending _ -> {
                    // Its first lookup is under way: the ip is not being pinged yet.
                }
            }
        }
        slot.advance();
    }

    private void compareClocks(long nowNanos) {
        comparedNanos = nowNanos;
        Anchor read = new Anchor(clock.nanoTime(), clock.epochMicros());
        long movedMicros = read.epochMicros() - anchor.epochMicrosAt(read.nanos());
        if (Math.abs(movedMicros) <= STEP_MICROS) {
            return;
        }
        anchor = read;
        heap.clear();
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).moveAfter(nowNanos, anchor);
            heap.add(slots.get(i).dueNanos(), i);
        }
        events.clockMoved(movedMicros);
    }

    private void change(List<PingedIp> ips, long nowNanos) {
        Map<String, Slot> kept = HashMap.newHashMap(slots.size());
        slots.forEach(slot -> kept.put(slot.ip().address().text(), slot));
        List<Slot> changed = new ArrayList<>(ips.size());
        heap.clear();
        for (PingedIp ip : ips) {
            Slot slot = kept.get(ip.address().text());
            if (slot == null || slot.intervalNanos() != ip.pace().interval().toNanos()) {
                slot = new Slot(client, ip);
                slot.moveAfter(nowNanos, anchor);
            }
            slot.rename(ip);
            heap.add(slot.dueNanos(), changed.size());
            changed.add(slot);
        }
        slots = changed;
    }

    @Override
    public void decided(Decision decision) {
        long handle = decision.handle();
        long epochMicros = flights.plannedEpochMicros(handle);
        CurrentPing ping =
                current.of(flights.ip(handle), epochMicros, flights.dueNanos(handle), decision);
        flights.release(handle);
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
