package org.pingrecorder.recorder.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.PartReader;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** What one ip has too much of harms nobody else. */
class HugeHoursIT {

    private static final TestPacker PACKER = TestPacker.create();
    private static final TestDatabase DATABASE = PACKER.database();
    private static final long HOUR = Hours.micros(Instant.parse("2026-02-28T23:00:00Z"));
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final long SECOND = 1_000_000;

    @AfterAll
    static void close() {
        PACKER.close();
    }

    @Test
    void pack_ofLatePingsInAnHourOfVeryMany_leavesOutagesToThoseInOrder() {
        Samples first = TestPacker.replies(HOUR, 2);
        first.add(HOUR + 10 * SECOND, SECOND, Outcome.REPLY, 7);
        PACKER.upload("huge", Map.of(1L, first));
        PACKER.packAll();
        DATABASE.execute("UPDATE fresh SET pings = 600000 WHERE client = 'huge'");
        Samples more = new Samples();
        for (int i : new int[] {3, 4, 5, 11, 12, 13}) {
            more.add(HOUR + i * SECOND, SECOND, Outcome.TIMEOUT, -1);
        }
        PACKER.upload("huge", Map.of(1L, more));
        PACKER.packAll();
        assertEquals(0, PACKER.count("upload", "huge"));
        assertEquals(6, DATABASE.number("SELECT lost FROM ip_total WHERE client = 'huge'"));
        assertEquals(
                1,
                DATABASE.number(
                        "SELECT count(*) FROM outage WHERE client = 'huge'"
                                + " AND started_at = '2026-02-28T23:00:11Z'"));
        assertEquals(1, PACKER.count("outage", "huge"));
    }

    @Test
    void partsOfARow_areReadOneByOne() throws SQLException {
        for (int part = 0; part < 3; part++) {
            Samples samples = new Samples();
            for (int i = 0; i < 1_000; i++) {
                long atMicros = HOUR + 100L * part * SECOND + i * SECOND / 10;
                samples.add(atMicros, SECOND / 10, Outcome.REPLY, 1 + i);
            }
            PACKER.upload("parts", Map.of(1L, samples));
            PACKER.packAll();
        }
        assertEquals(1, PACKER.count("fresh", "parts"));
        List<Integer> sizes = new ArrayList<>();
        try (Connection connection = DATABASE.connect()) {
            connection.setAutoCommit(false);
            SampleSpan span = SampleSpan.of("parts", List.of(1L), HOUR, HOUR + 600 * SECOND);
            try (PartReader reader = PartReader.ofPacked(connection, span)) {
                for (PartReader.Part part = reader.next(); part != null; part = reader.next()) {
                    assertEquals(HOUR + 100L * sizes.size() * SECOND, part.samples().atMicros(0));
                    sizes.add(part.samples().size());
                }
            }
        }
        assertEquals(List.of(1_000, 1_000, 1_000), sizes);
    }

    @Test
    void oneClientWithoutMemory_keepsNobodyElseFromItsTurn() throws SQLException {
        for (String client : List.of("memoryA", "memoryB", "memoryC")) {
            PACKER.upload(client, Map.of(1L, TestPacker.replies(HOUR, 5)));
        }
        try (Connection connection = withoutMemory("DELETE FROM upload")) {
            PackWork work = new PackWork(connection);
            SQLException told =
                    assertThrows(SQLException.class, () -> work.pack(Duration.ZERO, () -> false));
            assertEquals("The uploads of memoryA are not packed", told.getMessage());
            assertTrue(told.getCause() instanceof OutOfMemoryError, told::toString);
        }
        assertEquals(1, PACKER.count("upload", "memoryA"));
        assertEquals(0, PACKER.count("upload", "memoryB") + PACKER.count("upload", "memoryC"));
        PACKER.packAll();
        try (Connection connection = withoutMemory("DELETE FROM fresh")) {
            PackWork work = new PackWork(connection);
            SQLException told =
                    assertThrows(SQLException.class, () -> work.merge(LATER, () -> false));
            assertTrue(told.toString().contains("of memoryA is not merged"), told::toString);
        }
        assertEquals(1, PACKER.count("fresh", "memoryA"));
        assertEquals(1, PACKER.count("block", "memoryB"));
        assertEquals(1, PACKER.count("block", "memoryC"));
    }

    /** A connection that once has no memory for a statement. */
    private static Connection withoutMemory(String sql) throws SQLException {
        Connection real = DATABASE.connect();
        boolean[] thrown = {false};
        return (Connection)
                Proxy.newProxyInstance(
                        PackingIT.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            if (!thrown[0]
                                    && method.getName().equals("prepareStatement")
                                    && ((String) arguments[0]).startsWith(sql)) {
                                thrown[0] = true;
                                throw new OutOfMemoryError("of a test");
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
