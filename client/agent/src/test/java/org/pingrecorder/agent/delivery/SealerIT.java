package org.pingrecorder.agent.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.GivenPing;
import org.pingrecorder.agent.spool.Spool;
import org.pingrecorder.agent.spool.SpoolLimits;
import org.pingrecorder.agent.spool.SpoolReader;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.Clock;

class SealerIT {

    @TempDir Path data = Path.of("");

    private Spool spool() throws IOException {
        SpoolLimits limits = new SpoolLimits(64L << 20, Duration.ofDays(30), 1 << 20);
        return new Spool(data.resolve("spool"), limits, Clock.system());
    }

    @Test
    void work_manyPingsAndALongInterval_sealsBeforeAnyIsDropped() throws Exception {
        OpenBatch open = new OpenBatch();
        Spool spool = spool();
        StampClock stamp = new StampClock(Clock.system()::epochMicros);
        Sealer sealer = new Sealer(open, spool, stamp, Duration.ofHours(1), () -> {});
        sealer.start();
        PingedIp ip = GivenPing.ip("192.0.2.7");
        int rounds = 6;
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < OpenBatch.FULL_ROWS; i++) {
                open.add(GivenPing.of(ip, (long) round * OpenBatch.FULL_ROWS + i, 10));
            }
            long sealed = (long) round * OpenBatch.FULL_ROWS;
            await().until(() -> spool.waitingPings() == sealed);
        }
        open.add(GivenPing.of(ip, 1, 10));
        sealer.end();

        assertEquals(0, open.dropped());
        assertEquals((long) rounds * OpenBatch.FULL_ROWS + 1, spool.waitingPings());
        spool.writer().close();
    }

    @Test
    void seal_moreGapsThanABatchMayHold_makesSeveralBatches() throws Exception {
        OpenBatch open = new OpenBatch();
        Spool spool = spool();
        StampClock stamp = new StampClock(Clock.system()::epochMicros);
        int gaps = 2 * Sealer.MOST_REPORTS + 1;
        for (int i = 0; i < gaps; i++) {
            open.add(Gap.ofAll(10L * i, 10L * i + 5, Gap.Reason.NOT_RUNNING), 0);
        }
        new Sealer(open, spool, stamp, Duration.ofHours(1), () -> {}).seal();

        int found = 0;
        SpoolReader reader = spool.reader();
        assertTrue(reader.rewind());
        for (SpoolReader.Stored b = reader.next(); b != null; b = reader.next()) {
            int before = found;
            assertNull(b.decoder().nextSeries());
            while (b.decoder().nextGap() != null) {
                found++;
            }
            assertTrue(found - before <= Sealer.MOST_REPORTS);
        }
        assertEquals(gaps, found);
    }
}
