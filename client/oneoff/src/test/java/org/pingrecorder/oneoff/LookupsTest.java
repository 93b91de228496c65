package org.pingrecorder.oneoff;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;

class LookupsTest {

    private static final EchoTarget TARGET = EchoTarget.of(InetAddress.ofLiteral("192.0.2.1"));

    private final ManualClock clock = new ManualClock();
    private final Map<Integer, String> answers = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    private Lookups lookups(int hosts, HostLookup.Finder finder) {
        List<PingHost> names =
                IntStream.range(0, hosts)
                        .mapToObj(i -> Address.parse("h" + i + ".example"))
                        .map(address -> new PingHost(address, null, null, false))
                        .toList();
        Lookups.Answers tell =
                new Lookups.Answers() {
                    @Override
                    public void located(int host, EchoTarget target) {
                        tell(host, "at " + target);
                    }

                    @Override
                    public void unresolved(int host, String fault) {
                        tell(host, fault);
                    }

                    private void tell(int host, String what) {
                        assertEquals(null, answers.put(host, what), "answered twice: " + host);
                    }
                };
        return new Lookups(names, finder, tell, clock);
    }

    private EchoTarget hang() throws UnknownHostException {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TARGET;
    }

    @Test
    void start_manyNames_areAskedSideBySide() {
        CountDownLatch allAsking = new CountDownLatch(Lookups.AT_ONCE);
        lookups(
                        1_000,
                        (address, family, current) -> {
                            allAsking.countDown();
                            try {
                                assertTrue(allAsking.await(30, TimeUnit.SECONDS));
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return TARGET;
                        })
                .start();

        await().until(() -> answers.size() == 1_000);
        assertEquals("at 192.0.2.1", answers.get(999));
    }

    @Test
    void tick_namesThatHang_areGivenUpAndTheOthersAreAsked() {
        AtomicInteger hanging = new AtomicInteger();
        Lookups lookups =
                lookups(
                        Lookups.AT_ONCE + 10,
                        (address, family, current) -> {
                            if (hanging.getAndIncrement() < Lookups.AT_ONCE) {
                                return hang();
                            }
                            throw new UnknownHostException("does not resolve");
                        });
        lookups.start();
        await().until(() -> hanging.get() == Lookups.AT_ONCE);

        clock.pass(Duration.ofMillis(5_001));
        lookups.tick();

        await().until(() -> answers.size() == Lookups.AT_ONCE + 10);
        assertEquals(
                10, answers.values().stream().filter(a -> a.equals("does not resolve")).count());
        assertEquals("h0.example: no answer from the resolver", answers.get(0));
        released.countDown();
        lookups.tick();
        assertEquals(Lookups.AT_ONCE + 10, answers.size());
    }

    @Test
    void tick_resolverThatAnswersNothing_isGivenUp() {
        AtomicInteger hanging = new AtomicInteger();
        Lookups lookups =
                lookups(
                        500,
                        (address, family, current) -> {
                            hanging.incrementAndGet();
                            return hang();
                        });
        lookups.start();
        await().until(() -> hanging.get() == Lookups.AT_ONCE);

        clock.pass(Duration.ofMillis(9_999));
        lookups.tick();
        assertEquals(Lookups.AT_ONCE, answers.size());
        await().until(() -> hanging.get() == 2 * Lookups.AT_ONCE);
        clock.pass(Duration.ofMillis(5_001));
        lookups.tick();

        assertEquals(500, answers.size());
    }
}
