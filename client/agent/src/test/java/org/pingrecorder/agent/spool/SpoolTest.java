package org.pingrecorder.agent.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.batch.Gap;

/** A spool on a disk that works, and on one that does not. */
class SpoolTest extends SpoolFixture {

    private static void assertAddUp(long appended, long confirmed, Spool spool) {
        assertEquals(
                appended + spool.foundPings(),
                confirmed + spool.droppedPings() + spool.waitingPings());
    }

    @Test
    void append_thenRead_givesEveryBatchInOrder() throws IOException {
        Spool spool = open();
        for (int i = 0; i < 5; i++) {
            spool.writer().append(batch(i, 3));
        }
        assertEquals(15, spool.waitingPings());
        assertEquals(List.of("0:1:3", "1:2:3", "2:3:3", "3:4:3", "4:5:3"), drain(spool));
        assertAddUp(15, 15, spool);
        assertEquals(0, spool.waitingPings());
    }

    @Test
    void open_afterAKill_givesWhatWasNotConfirmedUnderTheOldNumbers() throws Exception {
        Spool first = open();
        first.writer().append(batch(0, 2));
        first.writer().append(batch(1, 2));

        Spool second = open();
        second.writer().append(batch(2, 2));

        assertEquals(4, second.foundPings());
        LastRun last = Objects.requireNonNull(second.lastRun());
        assertEquals(new LastRun(T + 1_000_000, -1, 1), last);
        SpoolReader reader = second.reader();
        assertTrue(reader.rewind());
        assertEquals(first.writer().id(), Objects.requireNonNull(reader.next()).spool());
        assertFalse(first.writer().id().equals(second.writer().id()));
        assertEquals(List.of("0:1:2", "1:2:2", "2:1:2"), drain(second));
        assertEquals(1, files().size(), "only the newest is kept, to tell when this run ended");
    }

    @Test
    void close_afterAnAnnouncedStop_tellsTheNextStart() throws IOException {
        Spool first = open();
        first.writer().append(batch(0, 2));
        first.writer().endSegment();
        first.writer()
                .append(
                        (encoder, dictionary, number) -> {
                            encoder.begin(dictionary, T + 9);
                            encoder.add(Gap.ofAll(T + 7, Gap.OPEN, Gap.Reason.STOPPED));
                            return encoder.end(number, 4, null);
                        });
        drain(first);
        first.writer().close();

        Spool second = open();
        assertEquals(new LastRun(T + 9, T + 7, 4), second.lastRun());
        assertEquals(0, second.foundPings());
        assertEquals(1, files().size());
    }

    @Test
    void append_segmentFull_goesOnInAnotherWithItsOwnDictionary() throws IOException {
        Spool spool = open();
        int batches = 600;
        for (int i = 0; i < batches; i++) {
            spool.writer().append(batch(i, 500));
        }
        assertTrue(files().size() > 2, "" + files());
        assertEquals(batches, drain(spool).size());
        assertEquals(1, files().size());
        assertAddUp(batches * 500L, batches * 500L, spool);
        Spool again = open();
        assertTrue(again.foundPings() < batches * 500L, "what is sent again is bounded");
    }

    @Test
    void append_beyondTheLimit_dropsTheOldestAndSaysSo() throws IOException {
        Spool spool = open(new SpoolLimits(3 << 20, Duration.ofDays(30), 1 << 20));
        spool.writer().append(report(T));
        spool.writer()
                .append(
                        (encoder, dictionary, number) -> {
                            encoder.begin(dictionary, T);
                            encoder.add(Gap.ofAll(T, Gap.OPEN, Gap.Reason.STOPPED));
                            encoder.add(Gap.ofAll(T - 9, Gap.OPEN, Gap.Reason.WAS_STOPPED));
                            encoder.add(Gap.ofAll(T - 3, Gap.OPEN, Gap.Reason.WAS_STOPPED));
                            return encoder.end(number, 1, null);
                        });
        int batches = 600;
        for (int i = 0; i < batches; i++) {
            spool.writer().append(batch(i, 500));
        }
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertTrue(bytes <= 4 << 20, bytes + " bytes");
        assertTrue(spool.droppedPings() > 0);
        assertAddUp(batches * 500L, 0, spool);
        Salvage lost = spool.takeLost();
        assertEquals(T - 5, lost.gaps().getFirst().fromMicros(), "reports are not dropped");
        assertEquals(Gap.Reason.NOT_RUNNING, lost.gaps().getFirst().reason());
        assertEquals(1, lost.running().size());
        assertEquals(4, lost.gaps().size(), "one after the other is one");
        assertEquals(
                List.of(
                        Gap.ofAll(T - 9, Gap.OPEN, Gap.Reason.WAS_STOPPED),
                        Gap.ofAll(T - 3, Gap.OPEN, Gap.Reason.WAS_STOPPED)),
                lost.gaps().subList(1, 3),
                "each has an end of its own");
        assertTrue(lost.gaps().stream().noneMatch(Gap::isStopOfAll), "that was an earlier run's");
        assertEquals(T, lost.gaps().get(3).fromMicros());
        assertEquals(Gap.Reason.DROPPED, lost.gaps().get(3).reason());
        assertTrue(spool.takeLost().isEmpty(), "told once");
        String first = drain(spool).getFirst();
        long oldest = Long.parseLong(first.substring(0, first.indexOf(':')));
        assertEquals(
                lost.gaps().getLast().toMicros(), T + (oldest - 1) * 1_000_000 + 500, "no seam");
    }

    @Test
    void confirm_droppedWhileItWasUnderWay_isCountedOnce() throws IOException {
        Spool spool = open(new SpoolLimits(3 << 20, Duration.ofDays(30), 1 << 20));
        spool.writer().append(batch(0, 2));
        spool.writer().endSegment();
        SpoolReader reader = spool.reader();
        assertTrue(reader.rewind());
        SpoolReader.Stored sent = Objects.requireNonNull(reader.next());
        int batches = 600;
        for (int i = 1; i <= batches; i++) {
            spool.writer().append(batch(i, 500));
        }

        assertFalse(reader.confirm(sent));
        assertAddUp(2 + batches * 500L, 0, spool);
    }

    @Test
    void append_olderThanItsAgeByAClockThatNobodyConfirmed_isKept() throws IOException {
        SpoolLimits hour = new SpoolLimits(16 << 20, Duration.ofHours(1), 1 << 20);
        open(hour).writer().append(batch(0, 2));
        clock.step(Duration.ofDays(365 * 50));
        Spool spool = open(hour);
        spool.writer().append(batch(1, 2));
        spool.recorderTold(T + Duration.ofMinutes(59).toNanos() / 1_000);
        spool.writer().append(batch(2, 2));
        assertEquals(0, spool.droppedPings());

        spool.recorderTold(T + Duration.ofMinutes(61).toNanos() / 1_000);
        spool.writer().append(batch(3, 2));

        assertEquals(2, spool.droppedPings());
    }

    @Test
    void append_olderThanItsAge_isDropped() throws IOException {
        Spool spool = open(new SpoolLimits(16 << 20, Duration.ofHours(1), 1 << 20));
        spool.writer().append(batch(0, 2));
        spool.writer().endSegment();
        clock.step(Duration.ofDays(365));
        spool.writer().append(batch(1, 2));
        assertEquals(0, spool.droppedPings(), "a clock that is set makes nothing old");

        clock.pass(Duration.ofMinutes(61));
        spool.writer().endSegment();
        spool.writer().append(batch(2, 2));

        assertEquals(4, spool.droppedPings());
        assertEquals(List.of("2:3:2"), drain(spool));
    }

    /** Root writes anywhere but where there is no folder. */
    private void breakDisk() throws IOException {
        Files.move(folder(), data.resolve("elsewhere"));
        Files.createFile(folder());
    }

    private void mendDisk() throws IOException {
        Files.delete(folder());
        Files.move(data.resolve("elsewhere"), folder());
    }

    @Test
    void append_diskFails_goesOnInMemoryAndMovesToDiskWhenItWorks() throws IOException {
        Spool spool = open();
        spool.writer().append(batch(0, 2));
        breakDisk();
        spool.writer().endSegment();
        spool.writer().append(batch(1, 2));
        spool.writer().append(batch(2, 2));
        assertEquals(6, spool.waitingPings());
        mendDisk();
        clock.pass(Duration.ofSeconds(6));
        spool.writer().append(batch(3, 2));

        Spool next = open();
        assertEquals(8, next.foundPings(), "all of it is on disk now");
        assertEquals(List.of("0:1:2", "1:2:2", "2:3:2", "3:4:2"), drain(next));
    }

    @Test
    void append_diskFailsForLong_dropsTheOldestInMemory() throws IOException {
        Spool spool = open();
        spool.writer().append(batch(0, 2));
        breakDisk();
        spool.writer().endSegment();
        for (int i = 1; i < 400; i++) {
            spool.writer().append(batch(i, 500));
        }
        assertTrue(spool.droppedPings() > 0);
        assertAddUp(2 + 399 * 500, 0, spool);
        mendDisk();
        assertEquals("0:1:2", drain(spool).getFirst(), "what is on disk stays");
    }

    @Test
    void close_diskFails_saysSoUnlessAllIsDelivered() throws IOException {
        Files.createFile(folder());
        Files.delete(folder());
        Spool spool = open();
        breakDisk();
        spool.writer().append(batch(0, 2));

        assertThrows(IOException.class, () -> spool.writer().close());
        drain(spool);
        spool.writer().close();
    }

    @Test
    void append_batchThatCannotBeWritten_usesItsNumberUpAndHarmsNoOther() throws IOException {
        Spool spool = open();
        spool.writer().append(batch(0, 2));
        SpoolWriter.Batch faulty =
                (encoder, dictionary, number) -> {
                    batch(1, 2).write(encoder, dictionary, number);
                    throw new IllegalStateException("a fault");
                };
        assertThrows(IllegalStateException.class, () -> spool.writer().append(faulty));
        spool.writer().append(batch(1, 2));

        assertEquals(List.of("0:1:2", "1:3:2"), drain(spool));
        assertTrue(spool.takeLost().isEmpty());
    }

    @Test
    void close_diskFailedAndWorksAgain_keepsTheStopThoughAllIsDelivered() throws IOException {
        Spool first = open();
        first.writer().append(batch(0, 2));
        breakDisk();
        first.writer().endSegment();
        first.writer()
                .append(
                        (encoder, dictionary, number) -> {
                            encoder.begin(dictionary, T + 9);
                            encoder.add(Gap.ofAll(T + 7, Gap.OPEN, Gap.Reason.STOPPED));
                            return encoder.end(number, 4, null);
                        });
        mendDisk();
        drain(first);
        first.writer().close();

        assertEquals(new LastRun(T + 9, T + 7, 4), open().lastRun());
    }

    @Test
    void open_noTrace_isAFirstRun() throws IOException {
        assertNull(open().lastRun());
        assertNotNull(open().reader());
    }
}
