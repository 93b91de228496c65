package org.pingrecorder.bench.speed;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingSink;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.agent.timetable.TimetableEvents;
import org.pingrecorder.bench.Proc;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.wire.Address;

/**
 * Engine and timetable at a steady pace, as a process of their own: pings addresses of 127.0.0.0/8
 * once a second each, and does nothing with the results but count their slips.
 *
 * <p>Usage: {@code Paced IPS SETTLE_SECONDS SECONDS}. Prints of the seconds after settling: pings,
 * replies, CPU microseconds of the process, wall microseconds, slip p50, p99 and max in
 * microseconds, resident MiB.
 */
final class Paced implements PingSink, TimetableEvents {

    private static final int MOST_SLIP_MICROS = 2_000_000;

    private final int[] slips = new int[MOST_SLIP_MICROS + 1];
    private volatile boolean counting;
    private long pings;
    private long replies;

    @Override
    public void decided(PingResult result) {
        if (!counting) {
            return;
        }
        pings++;
        replies += result.latencyMicros() > 0 ? 1 : 0;
        slips[Math.clamp(result.slipNanos() / 1_000, 0, MOST_SLIP_MICROS)]++;
    }

    @Override
    public void clockMoved(long movedMicros) {}

    @Override
    public void stopped(long heldUpNanos) {}

    @Override
    public void failed(Throwable cause) {
        throw new IllegalStateException(cause);
    }

    private int slip(double quantile) {
        long wanted = (long) Math.ceil(quantile * pings);
        long seen = 0;
        for (int micros = 0; micros <= MOST_SLIP_MICROS; micros++) {
            seen += slips[micros];
            if (seen >= wanted) {
                return micros;
            }
        }
        return MOST_SLIP_MICROS;
    }

    public static void main(String[] args) throws Exception {
        int ips = Integer.parseInt(args[0]);
        Paced paced = new Paced();
        Timetable timetable = new Timetable("bench", Clock.system(), paced, paced);
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
        List<PingedIp> all = new ArrayList<>();
        for (int i = 0; i < ips; i++) {
            Address address = Address.parse(Loopback.address(i));
            PingedIp ip = new PingedIp(address, null, null, pace);
            ip.locate(
                    new PingedIp.Location.Found(
                            EchoTarget.of(InetAddress.ofLiteral(address.text()))));
            all.add(ip);
        }
        timetable.ping(all);
        try (IcmpEngine engine =
                IcmpEngine.open(EngineConfig.DEFAULT, Clock.system(), timetable, timetable)) {
            engine.start();
            TimeUnit.SECONDS.sleep(Integer.parseInt(args[1]));
            paced.counting = true;
            long cpu = FullSpeed.cpuNanos();
            long wall = System.nanoTime();
            TimeUnit.SECONDS.sleep(Integer.parseInt(args[2]));
            cpu = FullSpeed.cpuNanos() - cpu;
            wall = System.nanoTime() - wall;
            long residentMib = Proc.residentMib(ProcessHandle.current().pid());
            engine.close(); // from now on its thread writes nothing
            System.out.printf(
                    "%d %d %d %d %d %d %d %d%n",
                    paced.pings,
                    paced.replies,
                    cpu / 1_000,
                    wall / 1_000,
                    paced.slip(0.5),
                    paced.slip(0.99),
                    paced.slip(1),
                    residentMib);
        }
    }
}
