package org.pingrecorder.recorder.hostmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What comes out of a table's bytes is what went in; hostile bytes are refused and no worse. */
class HostTableCodecPropertyTest {

    private static HostTable table(Random random, int rows, int names) {
        HostTable table = new HostTable();
        long at = random.nextLong() >> 12;
        for (int row = 0; row < rows; row++) {
            at += random.nextInt(10) == 0 ? random.nextInt() : 10_000_000 + random.nextInt(2_000);
            List<String> given = new ArrayList<>();
            double[] values = new double[names];
            for (int i = 0; i < names; i++) {
                if (random.nextInt(4) > 0) {
                    values[given.size()] = value(random, i);
                    given.add("ü" + i);
                }
            }
            table.add(at, given, values);
        }
        return table;
    }

    private static double value(Random random, int kind) {
        double any = Double.longBitsToDouble(random.nextLong());
        return switch (kind % 6) {
            case 0 -> random.nextInt(1_000) / 10.0;
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> random.nextInt() / 1_000_000.0;
            case 3 -> random.nextGaussian();
            case 4 -> 7;
            default -> Double.isFinite(any) ? any : Double.MIN_VALUE;
        };
    }

    @Property(tries = 500)
    void decode_whatWasEncoded_isTheSameByTime(
            @ForAll long seed,
            @ForAll @IntRange(max = 60) int rows,
            @ForAll @IntRange(max = 12) int names) {
        HostTable table = table(new Random(seed), rows, names);

        HostTable found = HostTableCodec.decode(HostTableCodec.encode(table), _ -> true);

        assertEquals(rows, found.rows());
        assertEquals(new HashSet<>(table.names()), new HashSet<>(found.names()));
        int[] order = table.byTime();
        for (int row = 0; row < rows; row++) {
            assertEquals(table.atMicros(order[row]), found.atMicros(row));
            for (String name : table.names()) {
                assertEquals(table.value(name, order[row]), found.value(name, row), name);
            }
        }
    }

    @Property(tries = 100)
    void decode_someNames_areOnlyThose(@ForAll long seed) {
        HostTable table = table(new Random(seed), 20, 8);

        HostTable found = HostTableCodec.decode(HostTableCodec.encode(table), "ü3"::equals);

        assertTrue(found.names().size() <= 1);
        int[] order = table.byTime();
        for (int row = 0; row < 20; row++) {
            assertEquals(table.value("ü3", order[row]), found.value("ü3", row));
        }
    }

    @Property(tries = 2_000)
    void decode_anyBytes_areReadOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        drain(bytes);
    }

    @Property(tries = 200)
    void decode_bytesWithOneChanged_areReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] good = HostTableCodec.encode(table(random, 5, 4));
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] = (byte) random.nextInt();
            drain(changed);
            drain(Arrays.copyOf(good, i));
        }
    }

    private static void drain(byte[] bytes) {
        try {
            HostTableCodec.decode(bytes, _ -> true);
        } catch (IllegalArgumentException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
