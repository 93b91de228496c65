package org.pingrecorder.bench.speed;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.PingListener;
import org.pingrecorder.icmp.PingSource;

/**
 * The engine alone at full speed, as a process of its own: pings addresses of 127.0.0.0/8 in turn,
 * as many at a time as a window lets it.
 *
 * <p>Usage: {@code FullSpeed ADDRESSES WARM_UP PINGS raw|datagram}. Prints of the pings after the
 * warm-up: replies, user+system microseconds of the whole process, wall microseconds, bytes the
 * engine's thread allocated.
 */
final class FullSpeed implements PingSource, PingListener {

    private static final int WINDOW = 512;
    private static final long TIMEOUT_NANOS = 100_000_000;

    private final EchoTarget[] targets;
    private final long warmUp;
    private final long total;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable fault;
    private long sent;
    private long decided;
    private long replies;
    private long warmCpuNanos;
    private long warmNanos;
    private long warmAllocated;
    private long allocated;
    private int next;

    private FullSpeed(int addresses, long warmUp, long pings) {
        this.targets = new EchoTarget[addresses];
        for (int i = 0; i < addresses; i++) {
            targets[i] = EchoTarget.of(InetAddress.ofLiteral(Loopback.address(i)));
        }
        this.warmUp = warmUp;
        this.total = warmUp + pings;
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        while (sent < total && sent - decided < WINDOW) {
            sender.ping(sent++, targets[next], TIMEOUT_NANOS, 0);
            next = next + 1 == targets.length ? 0 : next + 1;
        }
        return sent < total ? nowNanos : Long.MAX_VALUE;
    }

    @Override
    public void decided(Decision decision) {
        decided++;
        if (decision.rttNanos() > 0 && decided > warmUp) {
            replies++;
        }
        if (decided == warmUp) {
            warmCpuNanos = cpuNanos();
            warmNanos = System.nanoTime();
            warmAllocated = threadAllocatedBytes();
        } else if (decided == total) {
            allocated = threadAllocatedBytes() - warmAllocated;
            ended.countDown();
        }
    }

    @Override
    public void duplicate(long handle) {}

    @Override
    public void failed(Throwable cause) {
        fault = cause;
        ended.countDown();
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long threadAllocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    public static void main(String[] args) throws Exception {
        FullSpeed run =
                new FullSpeed(
                        Integer.parseInt(args[0]),
                        Long.parseLong(args[1]),
                        Long.parseLong(args[2]));
        Kind kind = Kind.valueOf(args[3].toUpperCase(Locale.ROOT));
        try (IcmpEngine engine =
                IcmpEngine.open(EngineConfig.DEFAULT.withKind(kind), Clock.system(), run, run)) {
            engine.start();
            run.ended.await();
            long cpu = cpuNanos() - run.warmCpuNanos;
            long wall = System.nanoTime() - run.warmNanos;
            if (run.fault != null) {
                throw new IllegalStateException(run.fault);
            }
            System.out.printf(
                    "%d %d %d %d%n", run.replies, cpu / 1_000, wall / 1_000, run.allocated);
        }
    }
}
