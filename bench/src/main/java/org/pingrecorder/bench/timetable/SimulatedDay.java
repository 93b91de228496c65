package org.pingrecorder.bench.timetable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingSink;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.agent.timetable.TimetableEvents;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

/**
 * A timetable's day, hour by hour: pings that meet their {@link Fate}, names that do not resolve, a
 * wall clock that is set by 0.4 s, and a stall of ten seconds. Keeps a bit for every slot and
 * counts what should have come of each ip, so that at the end every slot can be accounted for. For
 * one thread.
 */
final class SimulatedDay implements PingSink, TimetableEvents {

    /** Of so many ips one has a name that does not resolve. */
    private static final int UNKNOWN_EACH = 50;

    private static final int STEP_HOUR = 6;
    private static final long STEP_MICROS = 400_000;
    private static final long STALL_NANOS = 10_000_000_000L;
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final long MOST_SLIP_MICROS = 1_000_000;

    /** Pings due within a millisecond leave together. */
    private static final long TOGETHER_MICROS = 1_000;

    private static final class Followed {
        private final int index;
        private final long intervalMicros;
        private final boolean isUnknown;
        private final BitSet told;
        private final BitSet missed;
        private long firstSlot;
        private long offsetMicros = -1;
        private long sent;

        Followed(int index, long intervalMicros, Duration length) {
            this.index = index;
            this.intervalMicros = intervalMicros;
            this.isUnknown = index % UNKNOWN_EACH == UNKNOWN_EACH - 1;
            // Of full size from the start: what grows by the day is then the timetable's.
            int slots = (int) (length.toNanos() / 1_000 / intervalMicros) + 16;
            this.told = new BitSet(slots);
            this.missed = new BitSet(slots);
        }
    }

    private final SimulatedClock clock = new SimulatedClock();
    private final Timetable timetable = new Timetable("client1", clock, this, this);
    private final SimulatedEngine engine = new SimulatedEngine(clock, timetable, this::fate, 8_192);
    private final Map<EchoTarget, Followed> byTarget = new HashMap<>();
    private final Map<PingedIp, Followed> byIp = new HashMap<>();
    private final Map<Outcome, Long> told = new EnumMap<>(Outcome.class);
    private final List<String> faults = new ArrayList<>();
    private final long startMicros = clock.epochMicros();
    private final int stallHour;
    private long stallFromMicros = Long.MAX_VALUE;
    private long stallToMicros = Long.MAX_VALUE;
    private int hour;

    /**
     * Nothing is pinged before {@link #runHour}.
     *
     * @param intervals of the ips
     * @param length of the whole simulation
     */
    SimulatedDay(List<Duration> intervals, Duration length) {
        this.stallHour = (int) length.toHours() / 2;
        for (int i = 0; i < intervals.size(); i++) {
            Pace pace = new Pace(intervals.get(i), Duration.ofSeconds(2), Duration.ofSeconds(3));
            String text = "10.7." + i / 250 + "." + (1 + i % 250);
            PingedIp ip = new PingedIp(Address.parse(text), null, null, pace);
            Followed followed = new Followed(i, pace.interval().toNanos() / 1_000, length);
            EchoTarget target = EchoTarget.of(InetAddress.ofLiteral(text));
            ip.locate(
                    followed.isUnknown
                            ? new PingedIp.Location.Unknown(text + " does not resolve")
                            : new PingedIp.Location.Found(target));
            byTarget.put(target, followed);
            byIp.put(ip, followed);
        }
        for (Outcome outcome : Outcome.values()) {
            told.put(outcome, 0L);
        }
        timetable.ping(List.copyOf(byIp.keySet()));
    }

    private Fate fate(EchoTarget target) {
        Followed ip = Objects.requireNonNull(byTarget.get(target));
        return Fate.of(ip.index, ip.sent++);
    }

    /** Runs one more hour. */
    void runHour() {
        long endNanos = clock.nanoTime() + HOUR_NANOS;
        engine.runTo(endNanos - HOUR_NANOS / 2);
        if (hour == STEP_HOUR) {
            clock.step(STEP_MICROS);
        }
        if (hour == stallHour) {
            stallFromMicros = clock.epochMicros();
            engine.stall(STALL_NANOS);
            stallToMicros = clock.epochMicros();
        }
        engine.runTo(endNanos);
        hour++;
    }

    @Override
    public void decided(PingResult result) {
        Followed ip = Objects.requireNonNull(byIp.get(result.ip()));
        long micros = result.plannedEpochMicros();
        long offset = micros % ip.intervalMicros;
        if (ip.offsetMicros < 0) {
            ip.offsetMicros = offset;
            ip.firstSlot = Math.floorDiv(startMicros - offset, ip.intervalMicros) + 1;
        }
        int slot = (int) (micros / ip.intervalMicros - ip.firstSlot);
        if (offset != ip.offsetMicros || slot < 0 || ip.told.get(slot)) {
            faults.add(result.ip() + ": not a slot, or told twice: " + micros);
            return;
        }
        ip.told.set(slot);
        if (result.outcome() == Outcome.MISSED) {
            ip.missed.set(slot);
        }
        told.merge(result.outcome(), 1L, Long::sum);
    }

    /**
     * Ends the pings in flight and accounts for every slot.
     *
     * @return what does not add up; empty if all does
     */
    List<String> account() {
        long endMicros = clock.epochMicros();
        timetable.ping(List.of());
        engine.runTo(clock.nanoTime() + 6_000_000_000L);
        engine.stall(0);
        if (engine.undecided() != 0) {
            faults.add(engine.undecided() + " pings are still undecided");
        }
        Map<Outcome, Long> expected = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            expected.put(outcome, 0L);
        }
        byIp.forEach((ip, followed) -> account(ip, followed, endMicros, expected));
        if (!expected.equals(told)) {
            faults.add("expected " + expected + ", told " + told);
        }
        return faults;
    }

    private void account(
            PingedIp ip, Followed followed, long endMicros, Map<Outcome, Long> expected) {
        int slots = 0;
        long mostSlip = Math.min(followed.intervalMicros, MOST_SLIP_MICROS);
        for (long micros = at(followed, 0); micros <= endMicros; micros = at(followed, slots)) {
            if (!followed.told.get(slots) && micros <= endMicros - TOGETHER_MICROS) {
                faults.add(ip + ": nothing was told of " + micros);
            }
            boolean surely = micros > stallFromMicros && micros < stallToMicros - mostSlip;
            boolean perhaps =
                    micros > stallFromMicros - TOGETHER_MICROS
                            && micros <= stallToMicros - mostSlip + TOGETHER_MICROS;
            boolean missed = followed.missed.get(slots);
            if ((surely && !missed) || (missed && !perhaps)) {
                faults.add(ip + ": " + (missed ? "missed " : "not missed ") + micros);
            }
            slots++;
        }
        if (followed.told.length() > slots) {
            faults.add(ip + ": told of a slot after the end");
        }
        long missed = followed.missed.cardinality();
        long kept = followed.told.cardinality() - missed;
        expected.merge(Outcome.MISSED, missed, Long::sum);
        if (followed.isUnknown) {
            expected.merge(Outcome.RESOLVE_ERROR, kept, Long::sum);
        } else {
            for (long place = 0; place < kept; place++) {
                Fate fate = Fate.of(followed.index, place);
                expected.merge(Outcome.valueOf(fate.outcome.name()), 1L, Long::sum);
            }
        }
    }

    private static long at(Followed ip, int slot) {
        return ip.offsetMicros + (ip.firstSlot + slot) * ip.intervalMicros;
    }

    /** How many slots were told of, by outcome. */
    Map<Outcome, Long> told() {
        return told;
    }

    long told(Outcome outcome) {
        return told.getOrDefault(outcome, 0L);
    }

    long pings() {
        return told.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void clockMoved(long movedMicros) {
        faults.add("the clock moved by " + movedMicros + " µs and was not followed");
    }

    @Override
    public void stopped(long heldUpNanos) {
        faults.add("stopped for " + heldUpNanos + " ns");
    }

    @Override
    public void failed(Throwable cause) {
        throw new IllegalStateException(cause);
    }
}
