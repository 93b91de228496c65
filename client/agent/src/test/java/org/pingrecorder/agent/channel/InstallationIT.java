package org.pingrecorder.agent.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.delivery.DataFolder;

class InstallationIT {

    @TempDir private Path data = Path.of("");

    private String id(String client) throws IOException {
        try (DataFolder folder = DataFolder.open(data, client)) {
            return Installation.id(folder);
        }
    }

    @Test
    void id_isMadeOnceAndKept() throws IOException {
        String made = id("c");

        assertEquals(made, id("c"));
        assertNotEquals(made, id("d"));
    }

    @Test
    void id_unreadable_isMadeAnew() throws IOException {
        id("c");
        Files.writeString(data.resolve("c").resolve(Installation.FILE), "\0\0");

        String made = id("c");
        assertEquals(36, made.length());
        assertEquals(made, id("c"));
    }

    @Test
    void id_folderThatCannotBeWritten_isForThisRun() throws IOException {
        Files.createDirectories(data.resolve("c").resolve(Installation.FILE));

        assertEquals(36, id("c").length());
    }
}
