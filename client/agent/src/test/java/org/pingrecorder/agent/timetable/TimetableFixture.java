package org.pingrecorder.agent.timetable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.PingSource.Sender;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

/** A timetable on a manual clock, and everything it said. */
abstract class TimetableFixture {

    static final Pace SECOND =
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));

    record Sent(long handle, EchoTarget target, long nanos) {}

    /** Each ip that began to be pinged, and its first slot. */
    final List<String> begun = new ArrayList<>();

    /** Each ip that is no longer pinged, and its first slot that is not kept. */
    final List<String> ended = new ArrayList<>();

    /** After how many steps of the clock each ping that was told was planned. */
    final List<Integer> steps = new ArrayList<>();

    record Told(String ip, long epochMicros, Outcome outcome, long slipNanos, long micros) {}

    /** How fast the wall clock goes. */
    double wallRate = 1;

    final ManualClock clock = new ManualClock();
    final List<Sent> sent = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    final List<Long> wallMicrosAtSend = new ArrayList<>();
    final List<Long> moved = new ArrayList<>();
    final List<Long> stopped = new ArrayList<>();
    final List<String> duplicates = new ArrayList<>();

    final PingSink sink =
            new PingSink() {
                @Override
                public void decided(PingResult r) {
                    steps.add(r.clockSteps());
                    told.add(
                            new Told(
                                    r.ip().key(),
                                    r.plannedEpochMicros(),
                                    r.outcome(),
                                    r.slipNanos(),
                                    r.latencyMicros()));
                }

                @Override
                public void begins(PingedIp ip, long firstEpochMicros) {
                    begun.add(ip.key() + " " + firstEpochMicros);
                }

                @Override
                public void ends(PingedIp ip, long nextEpochMicros, End why) {
                    ended.add(
                            ip.key()
                                    + " "
                                    + nextEpochMicros
                                    + (why == End.PAUSED ? " paused" : ""));
                }

                @Override
                public void duplicate(PingedIp ip, long plannedEpochMicros) {
                    duplicates.add(ip.address().text());
                }
            };

    final TimetableEvents events =
            new TimetableEvents() {
                @Override
                public void clockMoved(long movedMicros) {
                    moved.add(movedMicros);
                }

                @Override
                public void stopped(long heldUpNanos) {
                    stopped.add(heldUpNanos);
                }

                @Override
                public void failed(Throwable cause) {
                    throw new AssertionError(cause);
                }
            };

    final Timetable timetable = new Timetable("client1", clock, sink, events);
    final Sender sender =
            (handle, target, _, _) -> {
                sent.add(new Sent(handle, target, clock.nanoTime()));
                wallMicrosAtSend.add(clock.epochMicros());
            };

    static PingedIp ip(String address, Pace pace) {
        PingedIp ip = new PingedIp(Address.parse(address), null, null, pace);
        ip.locate(new PingedIp.Location.Found(EchoTarget.of(InetAddress.ofLiteral(address))));
        return ip;
    }

    final long ask() {
        return timetable.sendDue(clock.nanoTime(), sender);
    }

    /** Lets time pass like the engine does: waits until the time it is told, exactly. */
    final void run(Duration duration) {
        long endNanos = clock.nanoTime() + duration.toNanos();
        long wake = ask();
        while (wake != Long.MAX_VALUE && wake - endNanos < 0) {
            clock.pass(Duration.ofNanos(wake - clock.nanoTime()), wallRate);
            wake = ask();
        }
        clock.pass(Duration.ofNanos(endNanos - clock.nanoTime()), wallRate);
        ask();
    }

    /** The planned times of one ip, as they were told. */
    final List<Long> planned(PingedIp ip) {
        return told.stream().filter(t -> t.ip().equals(ip.key())).map(Told::epochMicros).toList();
    }

    final void decideAll() {
        for (Sent ping : List.copyOf(sent)) {
            timetable.decided(
                    GivenDecision.of(
                            ping.handle(),
                            ping.target(),
                            org.pingrecorder.icmp.Outcome.REPLY,
                            ping.nanos(),
                            20_113_400));
        }
        sent.clear();
    }
}
