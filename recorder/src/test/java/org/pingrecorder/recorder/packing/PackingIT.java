package org.pingrecorder.recorder.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.Summary;
import org.pingrecorder.recorder.samples.SummaryCodec;
import org.pingrecorder.wire.Outcome;

class PackingIT {

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
    void pack_movesUploadsIntoSlicesOfTenMinutes() {
        Samples samples = TestPacker.replies(HOUR + 590 * SECOND, 20);
        PACKER.upload("slices", Map.of(1L, samples, 2L, samples));

        assertEquals(40, PACKER.packAll());

        assertEquals(0, PACKER.count("upload", "slices"));
        assertEquals(4, PACKER.count("fresh", "slices"));
        assertEquals(StoredPings.lines(samples), StoredPings.of(DATABASE, "slices", 1));
        assertEquals(
                40, DATABASE.number("SELECT sum(received) FROM ip_total WHERE client='slices'"));
    }

    @Test
    void pack_ofManyAndOfFewPings_bothAddToTheirRow() {
        List<String> expected = new ArrayList<>();
        long at = HOUR;
        for (int count : new int[] {1, 200, 3, 100, 63, 64, 1}) {
            Samples samples = TestPacker.replies(at, count);
            at += count * SECOND;
            expected.addAll(StoredPings.lines(samples));
            PACKER.upload("both", Map.of(7L, samples));
            PACKER.packAll();
        }
        assertEquals(1, PACKER.count("fresh", "both"));
        assertEquals(expected, StoredPings.of(DATABASE, "both", 7));
        assertEquals(432, DATABASE.number("SELECT sum(pings) FROM fresh WHERE client = 'both'"));
    }

    @Test
    void merge_makesOneBlockAndOneSummaryOfAnHour() throws SQLException {
        Samples samples = TestPacker.replies(HOUR, 3_600);
        PACKER.upload("hour", Map.of(1L, samples));
        PACKER.packAll();

        PACKER.merge(LATER);

        assertEquals(0, PACKER.count("fresh", "hour"));
        assertEquals(1, PACKER.count("block", "hour"));
        assertEquals(1, DATABASE.number("SELECT count(*) FROM block_20260223 WHERE client='hour'"));
        assertEquals(0, PACKER.count("open_hour", "hour"));
        assertEquals(StoredPings.lines(samples), StoredPings.of(DATABASE, "hour", 1));
        Summary summary = summary("hour", 23);
        assertEquals(3_600, summary.received());
        assertEquals(3_600, summary.maxMicros());
    }

    @Test
    void merge_ofLatePings_addsThemToTheirBlockAndItsSummary() throws SQLException {
        Samples first = TestPacker.replies(HOUR, 100);
        Samples late = TestPacker.replies(HOUR + 1_800 * SECOND, 50);
        Samples other = TestPacker.replies(HOUR - 3_600 * SECOND, 10);
        PACKER.upload("late", Map.of(1L, first));
        PACKER.packAll();
        PACKER.merge(LATER);
        PACKER.upload("late", Map.of(1L, late));
        PACKER.upload("late", Map.of(1L, other));
        PACKER.packAll();
        List<String> expected = new ArrayList<>(StoredPings.lines(other));
        expected.addAll(StoredPings.lines(first));
        expected.addAll(StoredPings.lines(late));
        assertEquals(expected, StoredPings.of(DATABASE, "late", 1));

        PACKER.merge(LATER);

        assertEquals(expected, StoredPings.of(DATABASE, "late", 1));
        assertEquals(2, PACKER.count("block", "late"));
        assertEquals(0, PACKER.count("fresh", "late"));
        assertEquals(150, summary("late", 23).received());
        assertEquals(10, summary("late", 22).received());
    }

    @Test
    void merge_ofAnHourWhoseBlockIsDropped_addsToItsSummary() throws SQLException {
        PACKER.upload("dropped", Map.of(1L, TestPacker.replies(HOUR, 100)));
        PACKER.packAll();
        PACKER.merge(LATER);
        DATABASE.execute("DELETE FROM block WHERE client = 'dropped'");
        PACKER.upload("dropped", Map.of(1L, TestPacker.replies(HOUR + 200 * SECOND, 5)));
        PACKER.packAll();
        PACKER.merge(LATER);
        assertEquals(105, summary("dropped", 23).received());
        PACKER.upload("dropped", Map.of(1L, TestPacker.replies(HOUR + 300 * SECOND, 2)));
        PACKER.packAll();
        PACKER.merge(LATER);
        assertEquals(107, summary("dropped", 23).received(), "as often as it happens");
    }

    @Test
    void merge_leavesHoursAlone_thatAreNotOverOrNotQuiet() {
        Instant now = Instant.now();
        long hour = Hours.floor(Hours.micros(now), Hours.HOUR_MICROS);
        PACKER.upload("open", Map.of(1L, TestPacker.replies(hour, 10)));
        PACKER.upload("open", Map.of(1L, TestPacker.replies(HOUR, 10)));
        PACKER.packAll();
        PACKER.merge(now);
        assertEquals(2, PACKER.count("fresh", "open"), "written just now");
        PACKER.merge(now.plusSeconds(70));
        assertTrue(PACKER.count("fresh", "open") >= 1, "the hour is not over");
        assertEquals(
                0,
                DATABASE.number(
                        "SELECT count(*) FROM fresh WHERE client = 'open' AND slice <"
                                + " '2026-03-02'"));
    }

    @Test
    void pack_ofPingsWithOneTime_keepsAllInTheirOrder() {
        List<String> expected = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            Samples samples = new Samples();
            for (int i = 0; i < 4; i++) {
                samples.add(HOUR, 0, i == 3 ? Outcome.REPLY : Outcome.TIMEOUT, i == 3 ? part : -1);
            }
            expected.addAll(StoredPings.lines(samples));
            PACKER.upload("ties", Map.of(1L, samples));
            PACKER.packAll();
            if (part % 2 == 0) {
                PACKER.merge(LATER);
            }
        }
        assertEquals(expected, StoredPings.of(DATABASE, "ties", 1));
        PACKER.merge(LATER);
        assertEquals(expected, StoredPings.of(DATABASE, "ties", 1));
        assertEquals(1, PACKER.count("outage", "ties"), "no length, so they are one");
    }

    @Test
    void pack_ofAnUploadThatCannotBeRead_keepsNoOtherClientOut() {
        DATABASE.execute(
                "INSERT INTO upload (client, first_at, last_at, pings, payload)"
                        + " VALUES ('aBroken', now(), now(), 1, '\\x010203')");
        Samples samples = TestPacker.replies(HOUR, 5);
        PACKER.upload("zWhole", Map.of(1L, samples));
        IllegalStateException failure = assertThrows(IllegalStateException.class, PACKER::packAll);
        assertTrue(String.valueOf(failure.getMessage()).contains("aBroken"));
        assertEquals(0, PACKER.count("upload", "zWhole"));
        assertEquals(1, PACKER.count("upload", "aBroken"));
        DATABASE.execute("DELETE FROM upload WHERE client = 'aBroken'");
    }

    @Test
    void pack_ofAClientWhoseUploadsNeverEnd_goesOnToTheNext() throws SQLException {
        PACKER.upload("aBusy", Map.of(1L, TestPacker.replies(HOUR, 1)));
        PACKER.upload("zQuiet", Map.of(1L, TestPacker.replies(HOUR, 1)));
        int[] asked = {0};
        try (Connection connection = DATABASE.connect()) {
            new PackWork(connection)
                    .pack(
                            Duration.ZERO,
                            () -> {
                                PACKER.upload(
                                        "aBusy",
                                        Map.of(
                                                1L,
                                                TestPacker.replies(HOUR + asked[0] * SECOND, 1)));
                                return ++asked[0] > 30;
                            });
        }
        assertEquals(0, PACKER.count("upload", "zQuiet"));
        assertTrue(asked[0] < 30, "asked " + asked[0] + " times");
        PACKER.packAll();
    }

    @Test
    void merge_ofAnIpWithTooManyPingsToDecodeAtOnce_appendsThemToItsBlock() throws SQLException {
        Samples few = TestPacker.replies(HOUR, 5);
        Samples next = TestPacker.replies(HOUR + 1_200 * SECOND, 3);
        PACKER.upload("many", Map.of(1L, few, 2L, few, 3L, few));
        PACKER.upload("many", Map.of(1L, next));
        PACKER.packAll();
        DATABASE.execute("UPDATE fresh SET pings = 1000001 WHERE client = 'many' AND ip_id = 1");
        PACKER.merge(LATER);
        assertEquals(0, PACKER.count("fresh", "many"));
        assertEquals(3, PACKER.count("block", "many"));
        assertEquals(0, PACKER.count("open_hour", "many"));
        List<String> expected = new ArrayList<>(StoredPings.lines(few));
        expected.addAll(StoredPings.lines(next));
        assertEquals(expected, StoredPings.of(DATABASE, "many", 1));
        assertEquals(8, summary("many", 23).received());

        PACKER.upload("many", Map.of(1L, TestPacker.replies(HOUR + 2_400 * SECOND, 2)));
        PACKER.packAll();
        PACKER.merge(LATER);
        expected.addAll(StoredPings.lines(TestPacker.replies(HOUR + 2_400 * SECOND, 2)));
        assertEquals(expected, StoredPings.of(DATABASE, "many", 1));
        assertEquals(10, summary("many", 23).received());
        assertEquals(0, PACKER.count("fresh", "many"));
    }

    @Test
    void merge_countsThePingsOfBlocksInWhatItTakesAtOnce() throws SQLException {
        Samples one = TestPacker.replies(HOUR, 1);
        Map<Long, Samples> ips = Map.of(1L, one, 2L, one, 3L, one);
        PACKER.upload("bound", ips);
        PACKER.packAll();
        PACKER.merge(LATER);
        DATABASE.execute("UPDATE block SET pings = 200000 WHERE client = 'bound'");
        PACKER.upload("bound", ips);
        PACKER.packAll();
        try (Connection connection = DATABASE.connect()) {
            connection.setAutoCommit(false);
            assertEquals(2, HourMerge.merge(connection, "bound", HOUR));
            connection.commit();
            assertEquals(1, HourMerge.merge(connection, "bound", HOUR));
            connection.commit();
        }
        assertEquals(6, DATABASE.number("SELECT sum(pings) FROM block WHERE client = 'bound'"));
    }

    @Test
    void pack_ofManyIps_someOfThemLate_addsToEachAndFindsEachOutage() {
        Samples before = TestPacker.replies(HOUR, 2);
        Samples after = TestPacker.replies(HOUR + 10 * SECOND, 2);
        Samples between = new Samples();
        for (int i = 3; i < 6; i++) {
            between.add(HOUR + i * SECOND, SECOND, Outcome.TIMEOUT, -1);
        }
        Map<Long, Samples> all = new HashMap<>();
        Map<Long, Samples> then = new HashMap<>();
        for (long ip = 1; ip <= 1_300; ip++) {
            all.put(ip, before);
            then.put(ip, ip % 2 == 0 ? after : between);
        }
        PACKER.upload("ips", all);
        PACKER.packAll();
        PACKER.upload("ips", then);
        PACKER.packAll();
        for (long ip = 1; ip <= 1_300; ip++) {
            then.put(ip, ip % 2 == 0 ? between : after);
        }
        PACKER.upload("ips", then);
        PACKER.packAll();
        List<String> expected = new ArrayList<>();
        for (Samples samples : List.of(before, between, after)) {
            expected.addAll(StoredPings.lines(samples));
        }
        for (long ip : new long[] {1, 2, 649, 650, 1_299, 1_300}) {
            assertEquals(expected, StoredPings.of(DATABASE, "ips", ip));
        }
        assertEquals(
                1_300 * 7, DATABASE.number("SELECT sum(pings) FROM fresh WHERE client = 'ips'"));
        assertEquals(1_300, PACKER.count("outage", "ips"));
        assertEquals(
                1_300 * 7 * SECOND,
                DATABASE.number("SELECT sum(disconnected_us) FROM ip_total WHERE client = 'ips'"));
    }

    @Test
    void pack_intoARowOfVeryManyPings_addsToItAndFindsTheOutageAllTheSame() {
        Samples first = TestPacker.replies(HOUR, 2);
        first.add(HOUR + 10 * SECOND, SECOND, Outcome.REPLY, 7);
        Samples late = new Samples();
        for (int i = 3; i < 6; i++) {
            late.add(HOUR + i * SECOND, SECOND, Outcome.TIMEOUT, -1);
        }
        PACKER.upload("row", Map.of(1L, first));
        PACKER.packAll();
        DATABASE.execute("UPDATE fresh SET pings = 20000 WHERE client = 'row'");
        PACKER.upload("row", Map.of(1L, late));
        PACKER.packAll();
        assertEquals(20_003, DATABASE.number("SELECT sum(pings) FROM fresh WHERE client = 'row'"));
        assertEquals(6, StoredPings.of(DATABASE, "row", 1).size());
        assertEquals(
                7 * SECOND,
                DATABASE.number("SELECT disconnected_us FROM ip_total WHERE client = 'row'"));
    }

    /** Fails at any statement, as if the process or the connection ended there. */
    @Test
    void killedAnywhere_nothingIsLostOrDoubled() throws SQLException {
        Random random = new Random(11);
        List<List<String>> expected = List.of(new ArrayList<>(), new ArrayList<>());
        long at = HOUR;
        int kills = 0;
        for (int round = 0; round < 120; round++) {
            Samples one = TestPacker.replies(at, 1 + random.nextInt(150));
            Samples two = TestPacker.replies(at, 5);
            at += 160 * SECOND;
            expected.get(0).addAll(StoredPings.lines(one));
            expected.get(1).addAll(StoredPings.lines(two));
            PACKER.upload("killed", Map.of(1L, one, 2L, two));
            try (Connection connection = dying(DATABASE.connect(), 12 + random.nextInt(25))) {
                PackWork work = new PackWork(connection);
                work.pack(Duration.ZERO, () -> false);
                work.merge(LATER, () -> false);
            } catch (SQLException e) {
                kills++;
            }
            assertEquals(expected.get(0), StoredPings.of(DATABASE, "killed", 1));
            assertEquals(expected.get(1), StoredPings.of(DATABASE, "killed", 2));
        }
        PACKER.packAll();
        PACKER.merge(LATER);
        assertTrue(kills > 40, kills + " kills");
        assertEquals(expected.get(0), StoredPings.of(DATABASE, "killed", 1));
        assertEquals(
                expected.get(0).size() + expected.get(1).size(),
                DATABASE.number("SELECT sum(received) FROM ip_total WHERE client = 'killed'"));
        assertEquals(
                expected.get(0).size() + expected.get(1).size(),
                DATABASE.number("SELECT sum(pings) FROM block WHERE client = 'killed'"));
    }

    /** A connection whose so-manieth statement, or commit, fails. */
    private static Connection dying(Connection real, int statements) {
        int[] left = {statements};
        return (Connection)
                Proxy.newProxyInstance(
                        PackingIT.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            if (List.of("prepareStatement", "createStatement", "commit")
                                            .contains(method.getName())
                                    && --left[0] < 0) {
                                throw new SQLException("killed");
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static Summary summary(String client, int hour) throws SQLException {
        try (Connection connection = DATABASE.connect();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT hours FROM rollup WHERE client = ? ORDER BY ip_id LIMIT"
                                        + " 1")) {
            statement.setString(1, client);
            try (ResultSet row = statement.executeQuery()) {
                assertTrue(row.next());
                SortedMap<Integer, Summary> hours = SummaryCodec.decode(row.getBytes(1));
                Summary found = hours.get(hour);
                assertNotNull(found);
                return found;
            }
        }
    }
}
