package org.pingrecorder.agent.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;

class QueuedPingTest {

    @ParameterizedTest
    @NullSource
    @EnumSource
    void ofWire_whatToWireGave_isTheSamePing(@Nullable Family family) {
        QueuedPing ping =
                new QueuedPing(
                        7,
                        "a.example",
                        family,
                        "n",
                        1_800_000_000_123_456L,
                        Outcome.LATE,
                        3_000_001);

        assertEquals(ping, QueuedPing.ofWire(7, ping.toWire()));
        assertEquals(family, ping.toWire().family());
    }
}
