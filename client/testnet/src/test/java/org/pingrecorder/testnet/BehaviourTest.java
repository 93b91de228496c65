package org.pingrecorder.testnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.pingrecorder.testnet.Answers.Kind;
import org.pingrecorder.testnet.Requests.Given;

/** What each behaviour answers with, and after what time. */
class BehaviourTest {

    private static final Duration DELAY = Duration.ofMillis(20);
    private static final long DELAY_NANOS = DELAY.toNanos();
    private static final int MANY = 20_000;

    private static Given only(Behaviour behaviour, String address) {
        List<Given> answers = Requests.answers(behaviour, Requests.to(address, 0, 0));
        assertEquals(1, answers.size());
        return answers.getFirst();
    }

    private static int answered(Behaviour behaviour) {
        return (int)
                Requests.answersToMany(behaviour, MANY).stream().filter(a -> !a.isEmpty()).count();
    }

    private static LongStream delays(Behaviour behaviour) {
        return Requests.answersToMany(behaviour, MANY).stream()
                .mapToLong(answers -> answers.getFirst().delayNanos());
    }

    /** How many answers have exactly this delay. */
    private static int delayed(Behaviour behaviour, long nanos) {
        return (int) delays(behaviour).filter(d -> d == nanos).count();
    }

    @Test
    void reply_eitherFamily_isTheRequestSentBack() {
        Given ipv4 = only(Behaviour.reply(), "10.1.2.3");
        Given ipv6 = only(Behaviour.reply(), "fd00::3");

        assertEquals(Kind.REPLY, ipv4.kind());
        assertEquals(0, ipv4.icmp(0));
        assertEquals(129, ipv6.icmp(0));
        for (int i = 4; i < 8 + Requests.PAYLOAD_BYTES; i++) {
            assertEquals(i, ipv4.icmp(i));
            assertEquals(i, ipv6.icmp(i));
        }
    }

    @Test
    void error_quotedBytes_areNoMoreThanAsked() {
        Given plain = only(Behaviour.error(11, 0, "10.9.9.9"), "10.1.2.3");
        Given full = only(Behaviour.error(11, 0, "10.9.9.9", Integer.MAX_VALUE), "10.1.2.3");

        assertEquals(Kind.ERROR, plain.kind());
        assertEquals(11, plain.icmp(0));
        assertEquals(8 + 20 + 8, plain.icmpBytes());
        assertEquals(8 + 20 + 8 + Requests.PAYLOAD_BYTES, full.icmpBytes());
    }

    @Test
    void tooBig_eitherFamily_namesTheMtu() {
        Given ipv4 = only(Behaviour.tooBig(1300, "10.9.9.9"), "10.1.2.3");
        Given ipv6 = only(Behaviour.tooBig(1300, "fd00:9::9"), "fd00::3");

        assertEquals(List.of(3, 4), List.of(ipv4.icmp(0), ipv4.icmp(1)));
        assertEquals(List.of(2, 0), List.of(ipv6.icmp(0), ipv6.icmp(1)));
        assertEquals(1300, ipv4.icmp(6) << 8 | ipv4.icmp(7));
        assertEquals(1300, ipv6.icmp(6) << 8 | ipv6.icmp(7));
    }

    @Test
    void after_twice_addsUp() {
        assertEquals(
                2 * DELAY_NANOS,
                only(Behaviour.reply().after(DELAY).after(DELAY), "10.1.2.3").delayNanos());
    }

    @Test
    void copies_andAnother_areAllSent() {
        Behaviour behaviour = Behaviour.reply().copies(2).and(Behaviour.reply().after(DELAY));

        assertEquals(
                List.of(0L, 0L, DELAY_NANOS),
                Requests.answers(behaviour, Requests.to("10.1.2.3", 0, 0)).stream()
                        .map(Given::delayNanos)
                        .toList());
    }

    @Test
    void lossy_share_isLostAndTheSameInEveryRun() {
        int answered = answered(Behaviour.reply().lossy(0.3, 5));

        assertEquals(0.7 * MANY, answered, 0.02 * MANY);
        assertEquals(answered, answered(Behaviour.reply().lossy(0.3, 5)));
        assertNotEquals(answered, answered(Behaviour.reply().lossy(0.3, 6)));
        assertEquals(MANY, answered(Behaviour.reply().lossy(0, 5)));
        assertEquals(0, answered(Behaviour.reply().lossy(1, 5)));
    }

    @Test
    void lossy_twoSeeds_areIndependent() {
        assertEquals(
                0.25 * MANY, answered(Behaviour.reply().lossy(0.5, 1).lossy(0.5, 2)), 0.02 * MANY);
    }

    @Test
    void uniformJitter_delays_fillTheSpread() {
        Behaviour behaviour =
                Behaviour.reply().after(DELAY).with(Jitter.uniform(Duration.ofMillis(4), 7));

        var delays = delays(behaviour).summaryStatistics();
        assertTrue(delays.getMin() >= 16_000_000 && delays.getMin() < 16_100_000);
        assertTrue(delays.getMax() <= 24_000_000 && delays.getMax() > 23_900_000);
        assertEquals(20e6, delays.getAverage(), 0.1e6);
    }

    @Test
    void normalJitter_delays_haveTheDeviation() {
        Behaviour behaviour =
                Behaviour.reply().after(DELAY).with(Jitter.normal(Duration.ofMillis(1), 7));

        double mean = delays(behaviour).average().orElseThrow();
        double variance =
                delays(behaviour).mapToDouble(d -> (d - mean) * (d - mean)).average().orElseThrow();
        assertEquals(20e6, mean, 0.05e6);
        assertEquals(1e6, Math.sqrt(variance), 0.05e6);
    }

    @Test
    void jitter_largerThanTheDelay_isNeverNegative() {
        Behaviour behaviour = Behaviour.reply().with(Jitter.normal(Duration.ofMillis(1), 7));

        assertEquals(0, delays(behaviour).min().orElseThrow());
        assertEquals(MANY / 2, delayed(behaviour, 0), 0.02 * MANY);
    }

    @Test
    void reordered_share_isHeldBack() {
        Behaviour behaviour = Behaviour.reply().reordered(0.1, DELAY, 3);

        assertEquals(0.1 * MANY, delayed(behaviour, DELAY_NANOS), 0.01 * MANY);
    }

    @Test
    void during_periods_theOtherAnswers() {
        Schedule schedule =
                Schedule.startingAt(1_000)
                        .with(Duration.ofNanos(500), Duration.ofNanos(600))
                        .with(Duration.ofNanos(10), Duration.ofNanos(20));
        Behaviour behaviour = Behaviour.reply().during(schedule, Behaviour.silence());

        List<Long> silentAt =
                LongStream.range(900, 1_700)
                        .filter(
                                at ->
                                        Requests.answers(behaviour, Requests.to("10.1.2.3", 0, at))
                                                .isEmpty())
                        .boxed()
                        .toList();
        List<Long> expected =
                LongStream.concat(LongStream.range(1_010, 1_020), LongStream.range(1_500, 1_600))
                        .boxed()
                        .toList();
        assertEquals(expected, silentAt);
    }

    @Test
    void ttl_eitherFamily_isChangedAndNothingElse() {
        for (String host : List.of("10.1.2.3", "fd00::3")) {
            byte[] plain = only(Behaviour.reply(), host).packet();
            byte[] changed = only(Behaviour.reply().ttl(request -> 200), host).packet();
            byte[] changedBack = IpPacket.withTtl(changed, 61);

            assertEquals((byte) 200, changed[host.contains(":") ? 7 : 8]);
            assertArrayEquals(plain, changedBack); // the header's checksum is right again
        }
    }

    @Test
    void limited_requestsPerSecond_areAnsweredAfterTheBurst() {
        Behaviour behaviour = Behaviour.reply().limited(new RateLimit(100, 6));
        int answered = 0;
        for (int millis = 0; millis < 1_000; millis++) {
            answered +=
                    Requests.answers(
                                    behaviour, Requests.to("10.1.2.3", millis, millis * 1_000_000L))
                            .size();
        }
        assertEquals(6 + 99, answered, 1);
    }

    @Test
    void wrongReply_eachKind_differsInNothingElse() {
        Given right = only(Behaviour.reply(), "10.1.2.3");

        assertDiffersAt(right, only(WrongReply.payload(), "10.1.2.3"), 63);
        assertDiffersAt(right, only(WrongReply.sequence(), "10.1.2.3"), 6);
        assertDiffersAt(right, only(WrongReply.token(), "10.1.2.3"), 8);
        assertDiffersAt(right, only(WrongReply.checksum(), "10.1.2.3"), -1);
        assertNotEquals(right.icmp(2), only(WrongReply.checksum(), "10.1.2.3").icmp(2));
        assertDiffersAt(right, only(WrongReply.from("10.9.9.9"), "10.1.2.3"), -1);
        assertEquals(64 + 5, only(WrongReply.longer(5), "10.1.2.3").icmpBytes());
        assertEquals(12, only(WrongReply.truncated(12), "10.1.2.3").icmpBytes());
        assertEquals(9, only(WrongReply.from("10.9.9.9"), "10.1.2.3").packet()[13]);
    }

    /** The checksum apart. */
    private static void assertDiffersAt(Given right, Given wrong, int icmpIndex) {
        assertEquals(right.icmpBytes(), wrong.icmpBytes());
        for (int i = 4; i < right.icmpBytes(); i++) {
            assertEquals(i == icmpIndex, right.icmp(i) != wrong.icmp(i), "byte " + i);
        }
    }
}
