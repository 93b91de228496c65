package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.icmp.linux.Errno;

/** What this machine itself refuses was never sent, whatever the reason. */
class SendRefusalTest {

    private static final int EMSGSIZE = 90;

    private final ManualClock clock = new ManualClock();
    private final FakeNetwork network = new FakeNetwork(clock);
    private final QueueSource source = new QueueSource();
    private final RecordingListener listener = new RecordingListener();
    private final Counters counters = new Counters();
    private final EngineLoop loop =
            new EngineLoop(
                    EngineConfig.DEFAULT.payloadBytes(),
                    clock,
                    network,
                    source,
                    listener,
                    new PingTokens(1, 2),
                    counters);

    @ParameterizedTest
    @ValueSource(
            ints = {
                Errno.EPERM,
                Errno.EACCES,
                Errno.EINVAL,
                EMSGSIZE,
                Errno.ENETUNREACH,
                Errno.EHOSTUNREACH
            })
    void send_refused_isNotSentAndSaysWhy(int errno) {
        // Twice, because the first refusal may be another host's error that was pending.
        network.socket.sendFailures.addAll(Collections.nCopies(SendPath.MAX_FRUITLESS, -errno));
        source.add(1, "192.0.2.7", Duration.ofSeconds(1), Duration.ZERO);
        source.add(2, "192.0.2.8", Duration.ofSeconds(1), Duration.ZERO);
        loop.turn();

        assertEquals(List.of(Outcome.SEND_ERROR), listener.outcomes());
        assertEquals(1, listener.of(1).handle());
        assertEquals(Errno.name(errno), listener.of(1).cause());
        assertEquals(1, counters.snapshot().sent());
        assertEquals(1, counters.snapshot().sendErrors());
        CountersEquation.check(counters.snapshot());
    }
}
