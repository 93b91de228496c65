package org.pingrecorder.e2e.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pingrecorder.e2e.Rest;
import org.pingrecorder.wire.RecordedPing;

/**
 * What is in the history of one ip, against its timetable.
 *
 * @param slots of the timetable in the window
 * @param missing of these, without any ping
 * @param doubled pings of a slot that has another one
 * @param outcomes how many pings there are of each
 */
record Kept(long slots, long missing, long doubled, Map<String, Long> outcomes) {

    /** Reads a window, start inclusive, end exclusive. */
    static Kept of(Rest rest, String client, String ip, Instant from, Instant to) throws Exception {
        List<RecordedPing> pings =
                rest.pings("client=%s&ip=%s&start=%s&end=%s".formatted(client, ip, from, to));
        if (pings.isEmpty()) {
            return new Kept(0, 0, 0, Map.of());
        }
        Set<Instant> times = new HashSet<>();
        pings.forEach(ping -> times.add(ping.at()));
        long intervalMicros = micros(Site.INTERVAL);
        long offsetMicros = Math.floorMod(micros(pings.getFirst().at()), intervalMicros);
        long slots =
                Math.ceilDiv(micros(to) - offsetMicros, intervalMicros)
                        - Math.ceilDiv(micros(from) - offsetMicros, intervalMicros);
        return new Kept(
                slots,
                slots - times.size(),
                pings.size() - times.size(),
                pings.stream()
                        .collect(
                                Collectors.groupingBy(
                                        RecordedPing::outcome,
                                        TreeMap::new,
                                        Collectors.counting())));
    }

    boolean isWhole() {
        return slots > 0 && missing == 0 && doubled == 0;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    @Override
    public String toString() {
        return "%d slots, %d missing, %d doubled, %s".formatted(slots, missing, doubled, outcomes);
    }
}
