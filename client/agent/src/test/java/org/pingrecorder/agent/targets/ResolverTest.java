package org.pingrecorder.agent.targets;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
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
import org.pingrecorder.wire.Family;

class ResolverTest {

    private final ManualClock clock = new ManualClock();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger hangingNow = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Resolver resolver = new Resolver(clock, Duration.ofSeconds(60), this::answer);

    private EchoTarget answer(
            Address address, @Nullable Family family, @Nullable EchoTarget current)
            throws UnknownHostException {
        asked.incrementAndGet();
        String answer = answers.get(PingedIp.key(address.text(), family));
        if (answer == null) {
            throw new UnknownHostException(address + " does not resolve");
        }
        if (answer.equals("hang")) {
            hangingNow.incrementAndGet();
            try {
                never.await();
                answer = answers.get(address.text());
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
        return new PingedIp(Address.parse(text), null, null, pace);
    }

    private static void awaitAt(PingedIp ip, String address) {
        await().untilAsserted(
                        () -> {
                            var found = assertInstanceOf(Location.Found.class, ip.location());
                            assertEquals(address, found.target().address().getHostAddress());
                        });
    }

    private static void awaitUnknown(PingedIp ip) {
        await().until(() -> ip.location() instanceof Location.Unknown);
    }

    private void pass(Duration duration) {
        clock.pass(duration);
        resolver.tick();
    }

    /** Lets time pass, again and again, until that is what is known of an ip. */
    private void passUntil(PingedIp ip, Class<? extends Location> location, Duration each) {
        await().until(
                        () -> {
                            pass(each);
                            return location.isInstance(ip.location());
                        });
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
        awaitUnknown(bad);

        answers.put("bad.example", "192.0.2.9");
        passUntil(bad, Location.Found.class, Duration.ofSeconds(11));
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
        awaitUnknown(ip);

        answers.put("a.example", "192.0.2.7");
        passUntil(ip, Location.Found.class, Duration.ofSeconds(11));
    }

    @Test
    void tick_failureLater_isUnknown() {
        PingedIp ip = ip("a.example");
        answers.put("a.example", "192.0.2.7");
        resolver.follow(List.of(ip));
        awaitAt(ip, "192.0.2.7");

        answers.clear();
        passUntil(ip, Location.Unknown.class, Duration.ofSeconds(61));
    }

    @Test
    void tick_hundredHangingNames_holdUpOnlyEachOther() {
        List<PingedIp> hanging = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hanging.add(ip("hang" + i + ".example"));
            answers.put("hang" + i + ".example", "hang");
        }
        List<PingedIp> good = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            good.add(ip("good" + i + ".example"));
            answers.put("good" + i + ".example", "192.0.2." + (1 + i % 250));
        }
        // The hanging ones first: they take every place at once.
        resolver.follow(hanging);
        await().until(() -> asked.get() == Resolver.LOOKUPS_AT_ONCE);
        List<PingedIp> all = new ArrayList<>(hanging);
        all.addAll(good);
        resolver.follow(all);

        for (int second = 1; second <= 5; second++) {
            pass(Resolver.SLOW.plusMillis(1));
            int shouldHang = Math.min(100, (second + 1) * Resolver.LOOKUPS_AT_ONCE);
            await().until(() -> hangingNow.get() >= shouldHang);
        }

        await().untilAsserted(
                        () ->
                                assertTrue(
                                        good.stream()
                                                .allMatch(
                                                        ip ->
                                                                ip.location()
                                                                        instanceof
                                                                        Location.Found)));
        pass(Duration.ofSeconds(1));
        hanging.forEach(ip -> assertInstanceOf(Location.Unknown.class, ip.location()));
    }

    @Test
    void tick_namesThatHung_areAskedAsideAndBackWhenTheyAnswer() {
        PingedIp ip = ip("hang.example");
        answers.put("hang.example", "hang");
        resolver.follow(List.of(ip));
        await().until(() -> hangingNow.get() == 1);
        pass(Duration.ofSeconds(6));
        assertInstanceOf(Location.Unknown.class, ip.location());

        answers.put("hang.example", "192.0.2.7");
        never.countDown();

        awaitAt(ip, "192.0.2.7");
    }

    @Test
    void tick_halvesOfAName_areFoundApart() {
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        Address name = Address.parse("a.example");
        PingedIp four = new PingedIp(name, Family.IPV4, null, pace);
        PingedIp six = new PingedIp(name, Family.IPV6, null, pace);
        answers.put("a.example ipv4", "192.0.2.7");

        resolver.follow(List.of(four, six));

        awaitAt(four, "192.0.2.7");
        awaitUnknown(six);
        answers.put("a.example ipv6", "2001:db8::7");
        passUntil(six, Location.Found.class, Duration.ofSeconds(11));
        assertInstanceOf(Location.Found.class, four.location());
    }

    @Test
    void tick_addressWithAZone_followsItsInterface() {
        PingedIp ip = ip("fe80::1%eth9");
        resolver.follow(List.of(ip));
        assertInstanceOf(Location.Unknown.class, ip.location(), "located when follow returns");

        answers.put("fe80::1%eth9", "fe80::1%7");
        passUntil(ip, Location.Found.class, Duration.ofSeconds(11));
        answers.clear();
        passUntil(ip, Location.Unknown.class, Duration.ofSeconds(61));
    }

    @Test
    void tick_refreshOfFiveSeconds_isKeptAfterAFailureToo() {
        try (Resolver often = new Resolver(clock, Duration.ofSeconds(5), this::answer)) {
            PingedIp ip = ip("a.example");
            often.follow(List.of(ip));
            awaitUnknown(ip);
            answers.put("a.example", "192.0.2.7");

            clock.pass(Duration.ofSeconds(4));
            often.tick();
            assertEquals(1, asked.get());
            await().until(
                            () -> {
                                clock.pass(Duration.ofSeconds(1));
                                often.tick();
                                return ip.location() instanceof Location.Found;
                            });
        }
    }

    @Test
    void follow_others_forgetsTheRest() {
        PingedIp ip = ip("a.example");
        answers.put("a.example", "192.0.2.7");
        resolver.follow(List.of(ip));
        awaitAt(ip, "192.0.2.7");

        resolver.follow(List.of());

        pass(Duration.ofHours(1));
        assertEquals(1, asked.get());
    }

    @Test
    void follow_others_answersOnTheirWayAreNotWanted() {
        List<PingedIp> dropped = new ArrayList<>();
        for (int i = 0; i < Resolver.LOOKUPS_AT_ONCE; i++) {
            dropped.add(ip("hang" + i + ".example"));
            answers.put("hang" + i + ".example", "hang");
        }
        resolver.follow(dropped);
        await().until(() -> hangingNow.get() == Resolver.LOOKUPS_AT_ONCE);
        PingedIp next = ip("a.example");
        answers.put("a.example", "192.0.2.7");

        resolver.follow(List.of(next));
        assertInstanceOf(Location.Pending.class, next.location(), "no place is free");
        dropped.forEach(ip -> answers.put(ip.address().text(), "192.0.2.8"));
        never.countDown();

        awaitAt(next, "192.0.2.7"); // in the place of one that was answered
        dropped.forEach(ip -> assertInstanceOf(Location.Pending.class, ip.location()));
    }
}
