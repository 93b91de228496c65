package org.pingrecorder.agent.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {

    @Test
    void text_columns_areAsWideAsTheyNeed() {
        TextTable table = new TextTable(1, "host", "sent", "lost");
        table.row("192.0.2.7", "5", "12345");

        assertEquals("host       sent   lost\n192.0.2.7     5  12345", table.text());
    }

    @ParameterizedTest
    @CsvSource({"73, 80", "74, 79", "75, 80", "76, 83"})
    void text_aLittleTooWide_isBroughtCloser(int firstColumn, int width) {
        TextTable table = new TextTable(0, "a".repeat(firstColumn), "b", "cc");

        assertEquals(width, table.text().length());
    }
}
