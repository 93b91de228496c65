package org.pingrecorder.recorder.hostmetrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostTableTest {

    private static final int NAMES = 50;
    private static final int ROWS = 360;

    private static final List<String> SEVERAL = List.of("a", "b");

    @Test
    void add_rowsOfOneTime_areAllKept() {
        HostTable table = new HostTable();
        table.add(5, SEVERAL, new double[] {1, 2});
        table.add(3, List.of("b"), new double[] {7});
        table.add(5, SEVERAL, new double[] {3, 4});

        assertArrayEquals(new int[] {1, 0, 2}, table.byTime());
        assertEquals(Double.NaN, table.value("a", 1));
        assertEquals(3, table.firstMicros());
        assertEquals(5, table.lastMicros());
        assertEquals(6, table.cells());
    }

    @Test
    void add_oneTooMany_changesNothing() {
        HostTable table = new HostTable();
        int row = 0;
        while (table.add(row, List.of("n" + row), new double[] {row})) {
            row++;
        }

        assertEquals(row, table.rows());
        assertFalse(table.names().contains("n" + row));
        assertTrue(table.cells() <= HostTable.MOST_CELLS);
        HostTable next = new HostTable();
        assertTrue(next.add(table, row - 1));
        assertEquals(List.of("n" + (row - 1)), next.names());
    }

    /** An hour of a usual host: much that hardly moves, counters, and some noise. */
    private static HostTable hour() {
        Random random = new Random(7);
        HostTable table = new HostTable();
        long at = 1_800_000_000_000_000L;
        double[] values = new double[NAMES];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            names.add("some_metric_%d{label=\"x\"}".formatted(i));
            values[i] = 1e9 * i;
        }
        for (int row = 0; row < ROWS; row++) {
            at += 10_000_000 + random.nextInt(3) * 1_000;
            for (int i = 0; i < NAMES; i++) {
                values[i] =
                        switch (i % 5) {
                            case 0 -> values[i];
                            case 1 -> random.nextInt(1_000) / 10.0;
                            case 2 -> values[i] + 4_096 * random.nextInt(-500, 500);
                            case 3 -> values[i] + (random.nextInt(3) == 0 ? 4_096 : 0);
                            default -> values[i] + random.nextInt(100_000);
                        };
            }
            table.add(at, names, values);
        }
        return table;
    }

    @Test
    void encode_anHour_takesFewBytesAValue() {
        byte[] payload = HostTableCodec.encode(hour());

        double bytes = (double) payload.length / (NAMES * ROWS);
        assertTrue(bytes < 1.5, () -> bytes + " bytes a value");
        assertTrue(Arrays.equals(payload, HostTableCodec.encode(hour())));
    }
}
