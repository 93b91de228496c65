package org.pingrecorder.agent.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file system of 1 MiB that fills up, and one that may only be read. Needs root. */
class FullDiskIT extends SpoolFixture {

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectory(folder());
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs");
        assumeTrue(mounted || System.getenv("CI") != null, "only root may mount");
        assertTrue(mounted);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l");
    }

    /** Runs a command with the spool's folder as its last argument. */
    private boolean run(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        words.add(folder().toString());
        return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void append_diskFillsUp_losesNothingAndGoesBackToIt() throws Exception {
        Spool spool = open();
        int batches = 150; // of some 10 kB
        for (int i = 0; i < batches; i++) {
            spool.writer().append(batch(i, 700));
        }
        assertTrue(!spool.inMemory().isEmpty(), "it does not fit");
        assertEquals(batches * 700L, spool.waitingPings());
        assertThrows(IOException.class, () -> spool.writer().close());

        List<String> found = drain(spool);
        clock.pass(Duration.ofSeconds(6));
        spool.writer().append(batch(batches, 700));

        assertEquals(batches, found.size());
        assertEquals("149:150:700", found.getLast());
        assertEquals(0, spool.droppedPings());
        assertEquals(List.of(), spool.inMemory());
        spool.writer().close();
        assertEquals(700, open().foundPings(), "and what came then is on disk");
    }

    @Test
    void append_diskIsReadOnly_deliversAndForgetsAllTheSame() throws Exception {
        Spool first = open();
        first.writer().append(batch(0, 4));
        first.writer().endSegment();
        first.writer().append(batch(1, 4));
        first.writer().close();
        assertTrue(run("mount", "-o", "remount,ro,size=1m"));

        Spool spool = open();
        spool.writer().append(batch(2, 4));

        assertEquals(List.of("0:1:4", "1:2:4", "2:1:4"), drain(spool));
        assertEquals(0, spool.waitingPings());
        assertEquals(0, spool.droppedPings());
        assertEquals(2, files().size(), "they could not be deleted");
    }
}
