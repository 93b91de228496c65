package org.pingrecorder.agent.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.batch.Gap;

/** What is left after power failed, or the disk lied. */
class DamagedSpoolTest extends SpoolFixture {

    private static final int BATCHES = 6;

    /** A spool of an earlier run, not closed; its one file. */
    private Path earlier() throws IOException {
        Spool spool = open();
        for (int i = 0; i < BATCHES; i++) {
            spool.writer().append(batch(i, 4));
        }
        return files().getFirst();
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            all.add(i + ":" + (i + 1) + ":4");
        }
        return all;
    }

    @Test
    void open_cutAtEveryByte_givesEveryWholeBatchAndNoOther() throws IOException {
        Path file = earlier();
        byte[] whole = Files.readAllBytes(file);
        int most = 0;
        for (int cut = 0; cut <= whole.length; cut++) {
            for (Path old : files()) {
                Files.delete(old);
            }
            Files.write(file, Arrays.copyOf(whole, cut));

            Spool spool = open();
            int found = (int) (spool.foundPings() / 4);

            assertTrue(found >= most, "never fewer of a longer file");
            assertEquals(all().subList(0, found), drain(spool), "cut at " + cut);
            assertEquals(0, spool.droppedPings());
            assertTrue(
                    files().stream().noneMatch(f -> f.toString().endsWith(".damaged")) || cut < 32);
            most = found;
        }
        assertEquals(BATCHES, most);
    }

    @Test
    void read_aByteChangedAnywhere_losesNoMoreThanItsBatchAndSaysSo() throws IOException {
        Path file = earlier();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int at = SegmentFormat.HEADER_BYTES; at < whole.length; at++) {
            for (Path old : files()) {
                Files.delete(old);
            }
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, changed);

            Spool spool = open();
            spool.writer().append(batch(9, 4));
            List<String> found = drain(spool);

            assertEquals("9:1:4", found.getLast(), "the rest is delivered");
            found.removeLast();
            // Ips that the lost batch named are unknown in those that follow.
            List<String> wholeOnes = found.stream().filter(all()::contains).toList();
            assertTrue(wholeOnes.size() >= BATCHES - 2, at + ": " + found);
            List<Gap> gaps = spool.takeLost().gaps();
            boolean cutOff = found.size() < BATCHES && found.equals(all().subList(0, BATCHES - 1));
            assertTrue(cutOff || !gaps.isEmpty(), at + ": " + found);
            for (Gap gap : gaps) {
                assertEquals(Gap.Reason.DROPPED, gap.reason());
                assertTrue(gap.fromMicros() >= T && gap.toMicros() <= T + 6_000_000, "" + gap);
            }
            boolean kept = files().stream().anyMatch(f -> f.toString().endsWith(".damaged"));
            assertEquals(!gaps.isEmpty(), kept, "what cannot be read is kept");
        }
    }

    @Test
    void open_randomBytes_stopsNothing() throws IOException {
        Random random = new Random(11);
        Files.createDirectories(folder());
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            if (i % 2 == 0 && bytes.length > SegmentFormat.HEADER_BYTES) {
                byte[] header = SegmentFormat.header(new java.util.UUID(1, i));
                System.arraycopy(header, 0, bytes, 0, header.length);
            }
            Files.write(folder().resolve("%016d.segment".formatted(i + 1)), bytes);
        }

        Spool spool = open();
        spool.writer().append(batch(0, 4));

        assertEquals(List.of("0:1:4"), drain(spool));
    }

    /** As a file is that nobody may read, which root always may: a folder of that name. */
    @Test
    void open_oneThatCannotBeReadForNow_holdsBackWhatComesAfterItInItsRun() throws IOException {
        Spool first = open();
        for (int i = 0; i < 3; i++) {
            first.writer().append(batch(i, 4));
            first.writer().endSegment();
        }
        Path middle = files().get(1);
        Path elsewhere = data.resolve("elsewhere");
        Files.move(middle, elsewhere);
        Files.createDirectory(middle);

        Spool second = open();
        second.writer().append(batch(9, 4));
        assertEquals(List.of("0:1:4", "9:1:4"), drain(second));
        assertEquals(4, second.heldPings());
        assertEquals(4, second.waitingPings(), "what is held back is not delivered");
        Files.delete(middle);
        Files.move(elsewhere, middle);

        assertEquals(List.of("1:2:4", "2:3:4", "9:1:4"), drain(open()));
    }

    /** Three segments of one run, of which the first cannot be read; returns that one. */
    private Path unreadable(int pings) throws IOException {
        Spool first = open();
        for (int i = 0; i < 3; i++) {
            first.writer().append(batch(i, pings));
            first.writer().endSegment();
        }
        Path file = files().getFirst();
        Files.delete(file);
        Files.createDirectory(file);
        Files.setLastModifiedTime(file, FileTime.from(T, TimeUnit.MICROSECONDS));
        return file;
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    @Test
    void append_heldBackBeyondTheLimit_isDroppedAndReported() throws IOException {
        Path file = unreadable(10_000);
        Spool spool = open(new SpoolLimits(3 << 20, Duration.ofDays(30), 1 << 20));
        assertEquals(20_000, spool.heldPings());
        for (int i = 3; i < 600; i++) {
            spool.writer().append(batch(i, 500));
        }
        assertTrue(bytes() <= 4 << 20, bytes() + " bytes");
        assertFalse(Files.exists(file));
        assertEquals(0, spool.heldPings());
        assertTrue(spool.droppedPings() >= 20_000, "" + spool.droppedPings());
        Gap lost = spool.takeLost().gaps().getFirst();
        assertEquals(Gap.Reason.DROPPED, lost.reason());
        assertTrue(lost.fromMicros() <= T && lost.toMicros() > T + 2_000_000, "" + lost);
    }

    @Test
    void append_unreadableOneIsTooOld_releasesWhatItHeldBack() throws IOException {
        Path file = unreadable(4);
        Spool spool = open(new SpoolLimits(16 << 20, Duration.ofHours(1), 1 << 20));
        assertFalse(spool.reader().rewind());
        Files.setLastModifiedTime(file, FileTime.from(T, TimeUnit.MICROSECONDS));
        spool.recorderTold(T + Duration.ofMinutes(60).toNanos() / 1_000 + 1);
        spool.writer().append(batch(9, 4));

        assertFalse(Files.exists(file));
        assertEquals(List.of("1:2:4", "2:3:4", "9:1:4"), drain(spool));
        assertEquals(0, spool.heldPings());
    }

    @Test
    void append_damagedFilesBeyondTheLimit_areDeletedFirst() throws IOException {
        Files.createDirectories(folder());
        Path oldest = folder().resolve("0000000000000001.segment.damaged");
        Path newest = folder().resolve("0000000000000002.segment.damaged");
        Files.write(oldest, new byte[2 << 20]);
        Files.write(newest, new byte[1 << 19]);
        Spool spool = open(new SpoolLimits(3 << 20, Duration.ofDays(30), 1 << 20));
        int batches = 0;
        while (Files.exists(oldest) && batches < 600) {
            spool.writer().append(batch(batches, 500));
            batches++;
        }
        assertFalse(Files.exists(oldest));
        assertTrue(Files.exists(newest));
        assertEquals(0, spool.droppedPings());
        assertTrue(bytes() <= 4 << 20, bytes() + " bytes");
    }

    @Test
    void append_newerVersionsBeyondTheLimit_areDropped() throws IOException {
        Path file = earlier();
        byte[] newer = Arrays.copyOf(Files.readAllBytes(file), 2 << 20);
        ByteBuffer.wrap(newer).putInt(8, SegmentFormat.VERSION + 1);
        Files.write(file, newer);
        Spool spool = open(new SpoolLimits(3 << 20, Duration.ofDays(30), 1 << 20));
        for (int i = 0; i < 600; i++) {
            spool.writer().append(batch(i, 500));
        }
        assertFalse(Files.exists(file));
        assertTrue(bytes() <= 4 << 20, bytes() + " bytes");
    }

    @Test
    void open_segmentOfANewerVersion_isLeftAlone() throws IOException {
        Path file = earlier();
        byte[] newer = Files.readAllBytes(file);
        ByteBuffer.wrap(newer).putInt(8, SegmentFormat.VERSION + 1);
        Files.write(file, newer);

        Spool spool = open();
        spool.writer().append(batch(0, 4));

        assertEquals(List.of("0:1:4"), drain(spool));
        assertTrue(Arrays.equals(newer, Files.readAllBytes(file)));
        assertFalse(files().getLast().equals(file), "and its name is not used again");
    }
}
