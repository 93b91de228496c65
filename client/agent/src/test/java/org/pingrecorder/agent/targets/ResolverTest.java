package org.pingrecorder.agent.targets;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.timetable.ManualClock;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.PingedIp.Location;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;

class ResolverTest {

    private final ManualClock clock = new ManualClock();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Resolver resolver = new Resolver(clock, this::answer);

    private EchoTarget answer(Address address, @Nullable EchoTarget current)
            throws UnknownHostException {
        asked.incrementAndGet();
        String answer = answers.get(address.text());
        if (answer == null) {
            throw new UnknownHostException(address + " does not resolve");
        }
        if (answer.equals("hang")) {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException("interrupted");
            }
        }
        return EchoTarget.of(InetAddress.ofLiteral(answer));
    }

    @AfterEach
    void close() {
        resolver.close();
    }

    private static PingedIp ip(String text) {
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        return new PingedIp(Address.parse(text), null, pace);
    }

    private static void awaitAt(PingedIp ip, String address) {
        await().untilAsserted(
                        () -> {
                            var found = assertInstanceOf(Location.Found.class, ip.location());
                            assertEquals(address, found.target().address().getHostAddress());
                        });
    }

    private void pass(Duration duration) {
        clock.pass(duration);
        resolver.tick();
    }

    @Test
    void follow_address_isLocatedAtOnceAndNeverAskedAgain() {
        PingedIp ip = ip("192.0.2.7");
        answers.put("192.0.2.7", "192.0.2.7");

        resolver.follow(List.of(ip));

        assertInstanceOf(Location.Found.class, ip.location());
        pass(Duration.ofDays(1));
        assertEquals(1, asked.get());
    }

    @Test
    void tick_name_isAskedAgainEveryMinute() {
        PingedIp ip = ip("a.example");
        answers.put("a.example", "192.0.2.7");
        resolver.follow(List.of(ip));
        awaitAt(ip, "192.0.2.7");

        answers.put("a.example", "192.0.2.8");
        await().until(
                        () -> {
                            pass(Duration.ofSeconds(59));
                            return asked.get() >= 2;
                        });

        awaitAt(ip, "192.0.2.8");
    }

    @Test
    void tick_unknownName_harmsNobodyAndIsAskedAgain() {
        PingedIp bad = ip("bad.example");
        PingedIp good = ip("good.example");
        answers.put("good.example", "192.0.2.7");
        resolver.follow(List.of(bad, good));
        awaitAt(good, "192.0.2.7");
        await().until(() -> bad.location() instanceof Location.Unknown);

        answers.put("bad.example", "192.0.2.9");
        await().until(
                        () -> {
                            pass(Duration.ofSeconds(11));
                            return bad.location() instanceof Location.Found;
                        });
    }

    @Test
    void tick_hangingResolver_isUnknownAfterAWhile() {
        PingedIp hanging = ip("hang.example");
        PingedIp good = ip("good.example");
        answers.put("hang.example", "hang");
        answers.put("good.example", "192.0.2.7");
        resolver.follow(List.of(hanging, good));
        awaitAt(good, "192.0.2.7");
        assertInstanceOf(Location.Pending.class, hanging.location());

        pass(Duration.ofSeconds(6));

        assertInstanceOf(Location.Unknown.class, hanging.location());
    }

    @Test
    void tick_brokenLookup_isUnknownAndAskedAgain() {
        PingedIp ip = ip("a.example");
        answers.put("a.example", "no address: an unchecked exception");
        resolver.follow(List.of(ip));
        await().until(() -> ip.location() instanceof Location.Unknown);

        answers.put("a.example", "192.0.2.7");
        await().until(
                        () -> {
                            pass(Duration.ofSeconds(11));
                            return ip.location() instanceof Location.Found;
                        });
    }

    @Test
    void tick_failureLater_isUnknown() {
        PingedIp ip = ip("a.example");
        answers.put("a.example", "192.0.2.7");
        resolver.follow(List.of(ip));
        awaitAt(ip, "192.0.2.7");

        answers.clear();
        await().until(
                        () -> {
                            pass(Duration.ofSeconds(61));
                            return ip.location() instanceof Location.Unknown;
                        });
    }
}
