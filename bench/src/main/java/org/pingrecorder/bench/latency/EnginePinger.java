package org.pingrecorder.bench.latency;

import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.icmp.PingListener;
import org.pingrecorder.icmp.PingSource;
import org.pingrecorder.testnet.NetworkNamespace;

/** Our engine, with sends spread evenly over the interval. */
final class EnginePinger implements Pinger {

    private static final long TIMEOUT_NANOS = 1_000_000_000;

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public void ping(NetworkNamespace namespace, Trial trial) throws Exception {
        Run run = new Run(trial);
        try (IcmpEngine engine =
                namespace.call(
                        () -> IcmpEngine.open(EngineConfig.DEFAULT, Clock.system(), run, run))) {
            namespace.call(
                    () -> {
                        engine.start(); // there, to keep off the far end's processor
                        return true;
                    });
            run.await();
        }
    }

    /** The handle of a ping is the number of pings before it. */
    private static final class Run implements PingSource, PingListener {
        private final Trial trial;
        private final EchoTarget[] targets;
        private final long startNanos = System.nanoTime();
        private final CountDownLatch undecided;
        private int handedOver;

        Run(Trial trial) throws Exception {
            this.trial = trial;
            this.targets = new EchoTarget[trial.hosts];
            for (int host = 0; host < trial.hosts; host++) {
                targets[host] = EchoTarget.of(InetAddress.getByName(trial.address(host)));
            }
            this.undecided = new CountDownLatch(trial.pings());
        }

        @Override
        public long sendDue(long nowNanos, Sender sender) {
            while (nextNanos() <= nowNanos) {
                EchoTarget target = targets[handedOver % targets.length];
                sender.ping(handedOver++, target, TIMEOUT_NANOS, 0);
            }
            return nextNanos();
        }

        private long nextNanos() {
            return handedOver == trial.pings()
                    ? Long.MAX_VALUE
                    : startNanos + handedOver * Trial.INTERVAL.toNanos() / targets.length;
        }

        @Override
        public void decided(Decision decision) {
            if (decision.rttNanos() > 0) {
                trial.measured((int) decision.handle() % targets.length, decision.rttNanos());
            }
            undecided.countDown();
        }

        @Override
        public void failed(Throwable cause) {
            throw new IllegalStateException(cause);
        }

        void await() throws InterruptedException {
            long seconds = trial.pingsPerHost * Trial.INTERVAL.toSeconds() + 10;
            if (!undecided.await(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(undecided.getCount() + " pings are undecided");
            }
        }
    }
}
