package org.pingrecorder.recorder.pings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;

/**
 * One decided ping, checked and ready to be stored.
 *
 * @param client who pinged
 * @param address what was pinged
 * @param family of a host name's half, or null
 * @param name what people call it, or null
 * @param at planned send time
 * @param outcome what became of it
 * @param latencyMicros null unless the outcome has a latency
 * @param sender from where it was posted
 */
public record Ping(
        String client,
        Address address,
        @Nullable Family family,
        @Nullable String name,
        Instant at,
        Outcome outcome,
        @Nullable Integer latencyMicros,
        String sender) {}
