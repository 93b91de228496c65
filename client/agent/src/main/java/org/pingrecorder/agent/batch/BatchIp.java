package org.pingrecorder.agent.batch;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Family;

/**
 * One ip as a batch names it.
 *
 * @param ip canonical address or host name
 * @param family of a host name's half, or null
 * @param name what people call it, or null
 * @param intervalMicros between its slots; 0 if it is on no timetable
 */
public record BatchIp(
        String ip, @Nullable Family family, @Nullable String name, long intervalMicros) {

    /** What {@code pinged} is in a batch. */
    public static BatchIp of(PingedIp pinged) {
        return new BatchIp(
                pinged.address().text(),
                pinged.family(),
                pinged.name(),
                pinged.pace().interval().toNanos() / 1_000);
    }
}
