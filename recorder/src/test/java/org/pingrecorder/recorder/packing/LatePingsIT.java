package org.pingrecorder.recorder.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** However late and in whatever order pings come, what is known of them in the end is the same. */
class LatePingsIT {

    private static final TestPacker PACKER = TestPacker.create();

    private static final long START = Hours.micros(Instant.parse("2026-03-01T21:40:00Z"));

    /** Whatever was written is quiet by then. */
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @AfterAll
    static void close() {
        PACKER.close();
    }

    @Test
    void pack_inAnyOrderAndParts_isTheSameAsInOrder() throws SQLException {
        for (int round = 0; round < 60; round++) {
            Random random = new Random(round);
            long[] steps = {1, 1, 10, 60};
            Samples pings = pings(random, steps[random.nextInt(steps.length)] * 1_000_000);
            List<Samples> parts = parts(pings, random);
            String ordered = "ordered" + round;
            String mixed = "mixed" + round;
            PACKER.upload(ordered, Map.of(1L, pings));
            PACKER.packAll();
            Collections.shuffle(parts, random);
            for (Samples part : parts) {
                PACKER.upload(mixed, Map.of(1L, part));
                if (random.nextInt(3) > 0) {
                    PACKER.packAll();
                }
                if (random.nextInt(4) == 0) {
                    PACKER.merge(LATER);
                }
            }
            PACKER.packAll();
            assertEquals(rows("outage", ordered), rows("outage", mixed), "round " + round);
            assertEquals(rows("ip_total", ordered), rows("ip_total", mixed), "round " + round);
            assertEquals(stored(ordered), stored(mixed), "round " + round);
            PACKER.merge(LATER);
            assertEquals(stored(ordered), stored(mixed), "round " + round);
        }
    }

    @Test
    void pack_ofALateReplyThatUndoesAnOutage_knowsSinceWhenTheIpIsUp() throws SQLException {
        long interval = 10_000_000;
        Samples pings = new Samples();
        pings.add(START, interval, Outcome.LATE, 5_000_000);
        long at = START;
        for (int i = 0; i < 1_800; i++) {
            at += interval;
            pings.add(at, interval, Outcome.REPLY, 100);
        }
        pings.add(at + interval, interval, Outcome.TIMEOUT, -1);
        pings.add(at + 2 * interval, interval, Outcome.TIMEOUT, -1);
        pings.add(at + 4 * interval, interval, Outcome.TIMEOUT, -1);
        PACKER.upload("undone", Map.of(1L, pings));
        PACKER.packAll();
        assertEquals(1, rows("outage", "undone").size());

        Samples reply = new Samples();
        reply.add(at + 3 * interval, interval, Outcome.REPLY, 100);
        PACKER.upload("undone", Map.of(1L, reply));
        PACKER.packAll();

        assertEquals(List.of(), rows("outage", "undone"));
        String total = rows("ip_total", "undone").getFirst();
        assertTrue(total.contains("\"state\": \"up\""), total);
        assertTrue(total.contains("\"state_since\": \"2026-03-01T21:40:10+00:00\""), total);
    }

    @Test
    void pack_ofALatePingInALongOutage_readsNothingFromBeforeIt() throws SQLException {
        long interval = 60_000_000;
        Samples pings = new Samples();
        for (int i = 0; i < 60 * 40; i++) {
            boolean isReply = i < 240;
            pings.add(
                    START + i * interval,
                    interval,
                    isReply ? Outcome.REPLY : Outcome.TIMEOUT,
                    isReply ? 100 : -1);
        }
        PACKER.upload("long", Map.of(1L, pings));
        PACKER.packAll();
        PACKER.merge(LATER);
        // Whoever reads these fails.
        PACKER.database()
                .execute(
                        "UPDATE block SET payload = 'no samples' WHERE client = 'long' AND hour <"
                                + " '2026-03-02T01:00Z'");
        Samples late = new Samples();
        late.add(START + 2_300 * interval + 1, interval, Outcome.TIMEOUT, -1);
        PACKER.upload("long", Map.of(1L, late));

        PACKER.packAll();

        List<String> outages = rows("outage", "long");
        assertEquals(1, outages.size());
        assertTrue(outages.getFirst().contains("\"lost\": 2161"), outages::toString);
    }

    /** With outages, gaps of all lengths and quiet stretches; no two have one time. */
    private static Samples pings(Random random, long interval) {
        Samples pings = new Samples();
        int count = 1 + random.nextInt(random.nextBoolean() ? 40 : 4_000);
        long at = START + random.nextInt(1_000_000);
        String usual = "rrrrrrrr";
        for (int i = 0; i < count; i++) {
            if (random.nextInt(30) == 0) {
                String[] weathers = {
                    "rrrrrrrrl",
                    "rt",
                    "tttu",
                    "mst",
                    "tttttttttr",
                    "rltnm",
                    "xxxxxm",
                    "txxu",
                    "rxxx"
                };
                usual = weathers[random.nextInt(weathers.length)];
            }
            char kind = usual.charAt(random.nextInt(usual.length()));
            Outcome outcome =
                    switch (kind) {
                        case 'r' -> Outcome.REPLY;
                        case 'l' -> Outcome.LATE;
                        case 't', 'x' -> Outcome.TIMEOUT;
                        case 'u' -> Outcome.UNREACHABLE;
                        case 's' -> Outcome.SEND_ERROR;
                        case 'n' -> Outcome.RESOLVE_ERROR;
                        default -> Outcome.MISSED;
                    };
            long own = random.nextInt(50) == 0 ? 0 : interval;
            int index =
                    pings.add(at, own, outcome, outcome.hasLatency() ? random.nextInt(50_000) : -1);
            pings.setExtra(index, kind == 'x' ? new Extra(0, 0, true, null) : Extra.NONE);
            at += interval;
            if (random.nextInt(25) == 0) {
                at += interval * random.nextInt(25);
            }
            if (random.nextInt(400) == 0) {
                at += 3 * Hours.HOUR_MICROS;
            }
        }
        return pings;
    }

    private static List<Samples> parts(Samples pings, Random random) {
        List<Samples> parts = new ArrayList<>();
        boolean torn = random.nextBoolean();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            parts.add(new Samples());
        }
        for (int i = 0; i < pings.size(); i++) {
            int part = torn ? random.nextInt(count) : i * count / pings.size();
            parts.get(part).addFrom(pings, i);
        }
        parts.removeIf(Samples::isEmpty);
        return parts;
    }

    private static List<String> rows(String table, String client) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = PACKER.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT to_jsonb(t) - 'client' FROM "
                                        + table
                                        + " t WHERE client = '"
                                        + client
                                        + "' ORDER BY 1")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static List<String> stored(String client) {
        return StoredPings.of(PACKER.database(), client, 1);
    }
}
