package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/**
 * Whether pings are unpacked, packed or merged, answers are the same. Seeds, and no property of
 * jqwik: that runs on an engine of its own without JUnit's extensions, which start the recorder and
 * its database, and what it is good for, making a failure smaller, would take a packing of hundreds
 * of pings and ten HTTP calls a step.
 */
class NoSeamIT {

    private static final long START = 1_717_200_000_000_000L; // 2024-06-01T00:00:00Z
    private static final long SECOND = 1_000_000;
    private static final String WINDOW = "start=2024-05-31T00:00:00Z&end=2024-06-03T00:00:00Z";
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Stored stored;

    @BeforeAll
    static void takeOverPacking() {
        stored = new Stored(RECORDER);
    }

    @AfterAll
    static void giveBackPacking() {
        stored.close();
    }

    /** Pings as no good client sends them: out of order, many with one time, full of extras. */
    private static Samples hostile(Random random) {
        Samples samples = new Samples();
        int count = 1 + random.nextInt(400);
        for (int i = 0; i < count; i++) {
            long interval = random.nextInt(3) * SECOND;
            // Two days, in which seconds are shared.
            long at = START + random.nextInt(48) * 3_600L * SECOND + random.nextInt(9) * SECOND;
            Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
            int latency = outcome.hasLatency() ? random.nextInt(Integer.MAX_VALUE) : -1;
            int index = samples.add(at, interval, outcome, latency);
            samples.setTtl(index, random.nextInt(257) - 1);
            if (random.nextInt(4) == 0) {
                samples.setOffsetMicros(index, random.nextInt());
                samples.setAddress(index, "2001:db8::" + (1 + random.nextInt(9)));
            }
            if (random.nextInt(4) == 0) {
                Cause cause =
                        outcome.hasLatency()
                                ? null
                                : new Cause(3, random.nextInt(16), "192.0.2.254", "Straße 💥\"");
                samples.setExtra(
                        index,
                        new Extra(
                                random.nextInt(3), random.nextInt(9), random.nextBoolean(), cause));
            }
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answers_ofHostilePings_areTheSameWhereverTheyAre(long seed) {
        Random random = new Random(seed);
        String client = Stored.newClient();
        List<Long> ips = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ips.add(stored.ip(client, "192.0.2." + i));
        }
        long count = 0;
        for (int i = 0; i < 5; i++) {
            Samples samples = hostile(random);
            count += samples.size();
            stored.upload(client, ips.get(random.nextInt(ips.size())), samples);
        }
        String of = WINDOW + "&client=" + client;
        List<String> paths =
                List.of(
                        "/pings?" + of,
                        "/ping-data?" + of,
                        "/history?step=10m&" + of,
                        "/outages?" + of);
        List<Json> unpacked = answers(paths);
        assertEquals(count, unpacked.getFirst().size());
        assertNotEquals(0, unpacked.get(2).size());
        List<Json> pages = paged("/pings?" + of + "&limit=97");
        assertEquals(unpacked.getFirst().elements(), pages);
        List<Json> newest = stored.rows("/pings?sort=newest&limit=50&" + of);

        // Some packed, some not; then late ones for hours that are blocks already.
        Samples late = hostile(random);
        stored.pack();
        assertEquals(unpacked, answers(paths), "packed");
        assertEquals(pages, paged("/pings?" + of + "&limit=97"));
        assertEquals(times(newest), times(stored.rows("/pings?sort=newest&limit=50&" + of)));
        stored.merge();
        assertEquals(unpacked, answers(paths), "merged");
        assertEquals(pages, paged("/pings?" + of + "&limit=97"));
        assertEquals(times(newest), times(stored.rows("/pings?sort=newest&limit=50&" + of)));

        stored.upload(client, ips.getFirst(), late);
        List<Json> withLate = answers(paths.subList(0, 3));
        assertEquals(count + late.size(), withLate.getFirst().size());
        stored.pack();
        assertEquals(withLate, answers(paths.subList(0, 3)), "late, packed");
        stored.merge();
        assertEquals(withLate, answers(paths.subList(0, 3)), "late, merged");
    }

    private static List<Json> answers(List<String> paths) {
        return paths.stream().map(path -> RECORDER.get(path).expect(200).json()).toList();
    }

    private static List<Json> paged(String path) {
        List<Json> all = new ArrayList<>();
        RECORDER.pages(path).forEach(page -> all.addAll(page.json().elements()));
        return all;
    }

    private static List<String> times(List<Json> pings) {
        return pings.stream().map(ping -> ping.at("at").text()).toList();
    }
}
