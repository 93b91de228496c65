package org.pingrecorder.agent.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderIT {

    @TempDir private Path data = Path.of("");

    @Test
    void replace_putsAWholeFileInPlaceOfAnother() throws IOException {
        try (DataFolder folder = DataFolder.open(data, "c")) {
            folder.replace("x", new byte[] {1, 2, 3});
            folder.replace("x", new byte[] {4});

            assertArrayEquals(new byte[] {4}, folder.read("x"));
        }
    }

    @Test
    void replace_thatFails_leavesNoHalfOfIt() throws IOException {
        try (DataFolder folder = DataFolder.open(data, "c")) {
            Files.createDirectories(folder.file("x").resolve("in-the-way"));

            assertThrows(IOException.class, () -> folder.replace("x", new byte[] {1}));

            assertFalse(Files.exists(folder.file("x.new")));
        }
    }
}
