package org.pingrecorder.recorder.intake;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pingrecorder.recorder.database.Database;

/**
 * The clocks of spools that delivered lately, as the last stored batch left them. Thread-safe.
 *
 * <p>Two recorders that serve one spool by turns may differ by what sticks; each ping's own
 * correction is stored with it.
 */
@Singleton
final class SpoolClocks {

    private static final int MOST_SPOOLS = 10_000;

    private static final String CLOCK =
            """
            SELECT clock_epoch, clock_offset_us FROM spool WHERE client = ? AND spool = ?
            """;

    private final Database database;
    private final Map<Spool, SpoolClock> clocks =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Spool, SpoolClock> eldest) {
                    return size() > MOST_SPOOLS;
                }
            };

    SpoolClocks(Database database) {
        this.database = database;
    }

    /** A client's queue of batches. */
    record Spool(String client, String id) {}

    SpoolClock of(Spool spool) {
        synchronized (this) {
            SpoolClock known = clocks.get(spool);
            if (known != null) {
                return known;
            }
        }
        List<SpoolClock> stored =
                database.list(
                        CLOCK,
                        statement -> {
                            statement.setString(1, spool.client());
                            statement.setString(2, spool.id());
                        },
                        row ->
                                new SpoolClock(
                                        row.getObject("clock_epoch", Long.class),
                                        row.getObject("clock_offset_us", Long.class)));
        SpoolClock clock = stored.isEmpty() ? SpoolClock.UNKNOWN : stored.getFirst();
        synchronized (this) {
            clocks.putIfAbsent(spool, clock);
            return clock;
        }
    }

    synchronized void stored(Spool spool, SpoolClock clock) {
        clocks.put(spool, clock);
    }
}
