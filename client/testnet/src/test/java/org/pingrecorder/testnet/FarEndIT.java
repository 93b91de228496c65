package org.pingrecorder.testnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tries the network with the JDK's own ping, so that it rests on nothing of ours. */
class FarEndIT {

    private static final int PATIENCE_MILLIS = 5_000;

    private static NetworkNamespace namespace;
    private static FarEnd farEnd;

    @BeforeAll
    static void create() throws Exception {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
        namespace = NetworkNamespace.create();
        farEnd = FarEnd.attach(namespace);
    }

    @AfterAll
    static void close() throws Exception {
        if (farEnd != null) {
            farEnd.close();
            namespace.close();
        }
    }

    private static boolean answers(String address, int timeoutMillis) throws Exception {
        return namespace.call(() -> InetAddress.getByName(address).isReachable(timeoutMillis));
    }

    @Test
    void reply_ipv4_reachesTheSenderAndIsCounted() throws Exception {
        farEnd.rule("10.1.0.0/16", Behaviour.reply());

        assertTrue(answers("10.1.2.3", PATIENCE_MILLIS));
        assertEquals(new PrefixCounts(1, 0, 1, 0, 0, 0, 0, 0), farEnd.counts("10.1.0.0/16"));
    }

    @Test
    void reply_ipv6_reachesTheSenderAndIsCounted() throws Exception {
        farEnd.rule("fd00:1::/32", Behaviour.reply());

        assertTrue(answers("fd00:1::7", PATIENCE_MILLIS));
        assertEquals(new PrefixCounts(1, 0, 1, 0, 0, 0, 0, 0), farEnd.counts("fd00:1::/32"));
    }

    @Test
    void reply_afterDelay_takesAtLeastThatLong() throws Exception {
        farEnd.rule("10.2.0.0/16", Behaviour.reply().after(Duration.ofMillis(30)));
        long before = System.nanoTime();

        assertTrue(answers("10.2.0.1", PATIENCE_MILLIS));
        assertTrue(System.nanoTime() - before >= 30_000_000);
    }

    @Test
    void listener_delayedReply_isToldTheDelayGiven() throws Exception {
        farEnd.rule("10.5.0.0/16", Behaviour.reply().after(Duration.ofMillis(10)));
        List<Long> delays = new CopyOnWriteArrayList<>();
        farEnd.listener((request, kind, delayNanos) -> delays.add(delayNanos));
        farEnd.lateness().reset();

        assertTrue(answers("10.5.0.1", PATIENCE_MILLIS));
        farEnd.listener((request, kind, delayNanos) -> {});
        assertEquals(1, delays.size());
        assertTrue(delays.getFirst() >= 10_000_000, delays.toString());
        assertEquals(1, farEnd.lateness().count());
        assertEquals(delays.getFirst() - 10_000_000, farEnd.lateness().maxNanos());
        assertTrue(farEnd.isIdle());
    }

    @Test
    void rule_thatThrows_isToldToWhoeverCounts() throws Exception {
        try (NetworkNamespace other = NetworkNamespace.create()) {
            FarEnd broken = FarEnd.attach(other);
            broken.rule(
                    "10.0.0.0/8",
                    (request, answers) -> {
                        throw new IllegalStateException("a broken rule");
                    });

            assertFalse(other.call(() -> InetAddress.getByName("10.0.0.1").isReachable(50)));
            assertThrows(IllegalStateException.class, broken::close);
            assertThrows(IllegalStateException.class, () -> broken.counts("10.0.0.0/8"));
        }
    }

    @Test
    void silence_everySender_isCountedOnly() throws Exception {
        farEnd.rule("10.3.0.0/16", Behaviour.silence());

        assertFalse(answers("10.3.0.1", 50));
        assertEquals(0, farEnd.counts("10.3.0.0/16").replies());
        assertTrue(farEnd.counts("10.3.0.0/16").requests() > 0);
    }

    @Test
    void rule_longestPrefix_wins() throws Exception {
        farEnd.rule("10.4.0.0/16", Behaviour.silence());
        farEnd.rule("10.4.5.6", Behaviour.reply());

        assertTrue(answers("10.4.5.6", PATIENCE_MILLIS));
        assertEquals(0, farEnd.counts("10.4.0.0/16").requests());
    }

    @Test
    void start_process_livesInTheNamespace() throws Exception {
        Process process = namespace.start(new ProcessBuilder("cat", "/proc/self/net/dev"));
        String devices =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertEquals(0, process.waitFor());
        assertTrue(devices.contains("far0"), devices);
    }

    @Test
    void pingGroupRange_inNamespace_isItsOwn() throws Exception {
        List<String> outside = pingGroupRange();
        try (NetworkNamespace other = NetworkNamespace.create()) {
            other.allowDatagramIcmp();

            assertEquals(List.of("0\t2147483647"), other.call(FarEndIT::pingGroupRange));
            assertEquals(outside, pingGroupRange());
        }
    }

    /** By lines: a sysctl file gives its content to the first read only, which must be large. */
    private static List<String> pingGroupRange() throws IOException {
        return Files.readAllLines(Path.of("/proc/sys/net/ipv4/ping_group_range"));
    }
}
