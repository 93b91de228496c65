package org.pingrecorder.agent.hostmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of gauges. */
class GaugesTest {

    private final Values values = new Values();

    @Test
    void read_lines_areNamesAndValues() {
        assertNull(
                GaugeText.read(
                        "# room\nroom_celsius 21.5\r\n\n  fan:rpm\t-1e3  \nbig 9007199254740993",
                        values));

        assertEquals(3, values.count());
        assertEquals("fan:rpm", values.names()[1]);
        assertEquals(-1_000, values.values()[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noise",
                "9a 1",
                "a-b 1",
                "a{b=\"c\"} 1",
                "a NaN",
                "a Infinity",
                "a 1e999",
                "a 0x10",
                "a 1 2",
                "a one",
                "\u0000 1",
                "a 1,5"
            })
    void read_badLine_isToldAndTheRestIsRead(String line) {
        String problem = GaugeText.read("good 1\n" + line + "\nbetter 2\n", values);

        assertTrue(String.valueOf(problem).startsWith("line 2 ('"), problem);
        assertEquals(2, values.count());
    }

    @ParameterizedTest
    @CsvSource({"room 1, room 2", "cpu_percent 9, x 1"})
    void read_nameThatIsTaken_isLeftOut(String first, String second) {
        values.add("cpu_percent", 1);

        String problem = GaugeText.read(first + "\n" + second, values);

        assertTrue(String.valueOf(problem).endsWith("the name is taken already"), problem);
        assertEquals(2, values.count());
        assertEquals(1, values.values()[0]);
    }

    @Test
    void read_moreThanAHundred_areLeftOut() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            text.append("g").append(i).append(' ').append(i).append('\n');
        }

        String problem = GaugeText.read(text.toString(), values);

        assertEquals("line 101 ('g100 100'): there are more than 100 names", problem);
        assertEquals(100, values.count());
    }

    @Test
    void add_beyondTheBoundAndNoNumbers_areLeftOut() {
        values.add("nan", Double.NaN);
        assertEquals(0, values.count());
        for (int i = 0; i < 2 * Values.MOST; i++) {
            values.add("v" + i, i);
        }

        assertEquals(Values.MOST, values.count());
    }
}
