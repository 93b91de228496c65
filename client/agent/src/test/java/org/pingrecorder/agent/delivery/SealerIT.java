package org.pingrecorder.agent.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.batch.BatchIp;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.GivenPing;
import org.pingrecorder.agent.batch.Running;
import org.pingrecorder.agent.batch.Series;
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

    /** The clock fails the first times that it is asked, which is once a batch. */
    private static StampClock failing(int times) {
        AtomicInteger asked = new AtomicInteger();
        return new StampClock(
                () -> {
                    if (asked.getAndIncrement() < times) {
                        throw new IllegalStateException("a fault");
                    }
                    return 1_000_000;
                });
    }

    /** What is in the spool: its pings, then its gaps, then its beginnings. */
    private static List<String> content(Spool spool) throws IOException {
        List<String> content = new ArrayList<>();
        SpoolReader reader = spool.reader();
        if (!reader.rewind()) {
            return content;
        }
        for (SpoolReader.Stored b = reader.next(); b != null; b = reader.next()) {
            for (Series s = b.decoder().nextSeries(); s != null; s = b.decoder().nextSeries()) {
                content.add(s.ip().ip() + " x" + s.count());
            }
            for (Gap g = b.decoder().nextGap(); g != null; g = b.decoder().nextGap()) {
                content.add(g.reason() + " " + g.fromMicros() + " to " + g.toMicros());
            }
            for (Running r = b.decoder().nextRunning(); r != null; r = b.decoder().nextRunning()) {
                content.add(r.ip().ip() + " from " + r.fromMicros());
            }
        }
        return content;
    }

    /** Two pings, a gap and a beginning, sealed while the clock fails so often, then one ping. */
    private List<String> sealedAfterFaults(int times) throws IOException {
        OpenBatch open = new OpenBatch();
        Spool spool = spool();
        Sealer sealer = new Sealer(open, spool, failing(times), Duration.ofHours(1), () -> {});
        PingedIp ip = GivenPing.ip("192.0.2.7");
        open.add(GivenPing.of(ip, 100, 10));
        open.add(GivenPing.of(ip, 200, 10));
        open.add(Gap.ofAll(10, 20, Gap.Reason.NOT_RUNNING), 0);
        open.add(new Running(BatchIp.of(ip), 100), 0);
        sealer.seal();
        assertEquals(2, open.dropped());
        assertEquals(0, open.size());

        open.add(GivenPing.of(ip, 300, 10));
        sealer.seal();

        assertEquals(2, open.dropped());
        assertEquals(1, spool.waitingPings());
        return content(spool);
    }

    @Test
    void seal_fault_reportsWhatIsLostAndAllElse() throws IOException {
        assertEquals(
                List.of(
                        "NOT_RUNNING 10 to 20",
                        "DROPPED 100 to 201",
                        "192.0.2.7 from 100",
                        "192.0.2.7 x1"),
                sealedAfterFaults(1));
    }

    @Test
    void seal_faultTwice_reportsWhatIsLostWithTheNextBatch() throws IOException {
        assertEquals(List.of("192.0.2.7 x1", "DROPPED 100 to 201"), sealedAfterFaults(2));
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
