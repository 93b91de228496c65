package org.pingrecorder.e2e.faults;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.wire.RecordedPing;

/**
 * Finds each ping that the far end saw in history, and the other way round: a ping is sent in its
 * slot or not at all, so its planned time is at most an interval before it was seen.
 */
final class Comparison {

    private static final long INTERVAL_MICROS = micros(SiteClient.INTERVAL.toMillis());

    /** A planned time that was corrected for a wrong clock may be a little after it was seen. */
    private static final long EARLY_MICROS = INTERVAL_MICROS / 4;

    /** A ping sent at the end of its slot may be seen a little after it, on a busy machine. */
    private static final long SEEN_LATE_MICROS = INTERVAL_MICROS / 10;

    /** What is looked at beyond a window's ends, so that its own pings find theirs. */
    private static final long MARGIN_MICROS = 4 * INTERVAL_MICROS;

    private static final Set<String> SENT = Set.of("reply", "late", "timeout", "unreachable");

    private final Site site;

    Comparison(Site site) {
        this.site = site;
    }

    /** All pings of a window, start inclusive, end exclusive. */
    Tally of(long fromMicros, long toMicros) throws IOException, InterruptedException {
        Map<String, List<RecordedPing>> stored = new HashMap<>();
        for (SiteClient client : site.clients()) {
            for (RecordedPing ping :
                    site.rest()
                            .pings(
                                    "client=%s&start=%s&end=%s"
                                            .formatted(
                                                    client.name(),
                                                    instant(fromMicros - MARGIN_MICROS),
                                                    instant(toMicros + MARGIN_MICROS)))) {
                stored.computeIfAbsent(ping.ip(), ip -> new ArrayList<>()).add(ping);
            }
        }
        Tally tally = Tally.none();
        for (SiteClient client : site.clients()) {
            for (String ip : client.ips()) {
                List<RecordedPing> pings = stored.getOrDefault(ip, List.of());
                tally = tally.plus(of(client, ip, pings, fromMicros, toMicros));
            }
        }
        return tally;
    }

    private Tally of(
            SiteClient client,
            String ip,
            List<RecordedPing> stored,
            long fromMicros,
            long toMicros) {
        long[] seen = site.sent().seen(ip, fromMicros - MARGIN_MICROS, toMicros + MARGIN_MICROS);
        List<String> lost = new ArrayList<>();
        List<String> tooMany = new ArrayList<>();
        long sent = 0;
        long found = 0;
        long unsafe = 0;
        int next = 0;
        for (long at : seen) {
            boolean counts = at >= fromMicros && at < toMicros;
            sent += counts ? 1 : 0;
            long oldest = at - INTERVAL_MICROS - SEEN_LATE_MICROS;
            for (; next < stored.size() && planned(stored, next) < oldest; next++) {
                surplus(stored.get(next), fromMicros, toMicros, tooMany);
            }
            if (next < stored.size() && planned(stored, next) <= at + EARLY_MICROS) {
                next++;
                found += counts ? 1 : 0;
            } else if (counts && client.mayHaveLost(at)) {
                unsafe++;
            } else if (counts) {
                lost.add(ip + " at " + instant(at));
            }
        }
        for (; next < stored.size(); next++) {
            surplus(stored.get(next), fromMicros, toMicros, tooMany);
        }
        return new Tally(sent, found, unsafe, lost, tooMany);
    }

    private static void surplus(
            RecordedPing ping, long fromMicros, long toMicros, List<String> tooMany) {
        long at = SentLog.micros(ping.at());
        if (SENT.contains(ping.outcome()) && at >= fromMicros && at < toMicros) {
            tooMany.add(ping.toString());
        }
    }

    private static long planned(List<RecordedPing> stored, int index) {
        return SentLog.micros(stored.get(index).at());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(long millis) {
        return TimeUnit.MILLISECONDS.toMicros(millis);
    }
}
