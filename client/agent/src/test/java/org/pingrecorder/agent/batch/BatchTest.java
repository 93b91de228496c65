package org.pingrecorder.agent.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;

/** From rows over series and bytes to JSON. */
class BatchTest {

    private static final long T = 1_763_704_800_250_000L; // 2025-11-21T06:00:00.25Z
    private static final long SECOND = 1_000_000;

    private final PingRows rows = new PingRows();
    private final SeriesCutter cutter = new SeriesCutter();
    private final BatchEncoder encoder = new BatchEncoder();
    private final WriteDictionary written = new WriteDictionary();
    private final ReadDictionary read = new ReadDictionary();

    private BatchDecoder sealed(int clockSteps) throws IOException {
        encoder.begin(written, T + SECOND / 2);
        cutter.cut(rows, 0, rows.size(), clockSteps, encoder::add);
        encoder.end(1_042, 3, null);
        return new BatchDecoder(encoder.bytes(), encoder.size(), read);
    }

    private static String json(BatchDecoder batch, @Nullable Long now, @Nullable Long offset)
            throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            new BatchJson().write(json, batch, "3f0c", now, offset);
        }
        return text.toString();
    }

    private String series() throws IOException {
        String json = json(sealed(0), null, null);
        return json.substring(json.indexOf("\"series\":") + 9, json.length() - 1);
    }

    @Test
    void json_ofEveryKind_isWhatTheRecorderTakes() throws IOException {
        PingedIp gateway =
                new PingedIp(
                        Address.parse("192.0.2.7"),
                        null,
                        "gw",
                        new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO));
        rows.add(GivenPing.of(gateway, T, 20_113));
        rows.add(GivenPing.unreachable(gateway, T + SECOND, 3, 1, "192.0.2.1"));
        rows.add(
                new GivenPing(
                        gateway,
                        T + 2 * SECOND,
                        0,
                        Outcome.LATE,
                        2_019_998,
                        1_500_999,
                        null,
                        56,
                        -1,
                        -1,
                        null,
                        null));
        rows.add(GivenPing.notSent(gateway, T + 3 * SECOND, Outcome.MISSED, "receive_overflow"));
        rows.add(GivenPing.of(gateway, T + 4 * SECOND, -1));
        assertTrue(rows.duplicate(gateway, T));
        assertTrue(rows.duplicate(gateway, T));
        encoder.begin(written, T + SECOND / 2);
        cutter.cut(rows, 0, rows.size(), 0, encoder::add);
        BatchIp ip = BatchIp.of(gateway);
        encoder.add(new Gap(ip, T - SECOND, T, Gap.Reason.DROPPED));
        encoder.add(Gap.ofAll(T, Gap.OPEN, Gap.Reason.STOPPED));
        encoder.add(new Running(ip, T));
        encoder.end(1_042, 3, -120L);

        BatchDecoder batch = new BatchDecoder(encoder.bytes(), encoder.size(), read);

        assertEquals(
                new BatchHeader(1_042, T + SECOND / 2, 3, -120L, 5, T, T + 4 * SECOND),
                batch.header());
        assertEquals(
                """
                {"spool":"3f0c","batch":1042,"sealed_at":"2025-11-21T06:00:00.750000Z",\
                "clock":{"epoch":3,"now_us":5,"offset_us":-120},\
                "series":[{"ip":"192.0.2.7","name":"gw","start":"2025-11-21T06:00:00.250000Z",\
                "interval_ms":1000,"latency_ms":[20.113,null,2019.998,null,null],\
                "outcomes":{"1":{"outcome":"unreachable","type":3,"code":1,"from":"192.0.2.1"},\
                "2":{"outcome":"late"},"3":{"outcome":"missed","cause":"receive_overflow"}},\
                "ttl":57,"ttls":{"2":56},"duplicates":{"0":2},"slip_us":{"2":1500}}],\
                "gaps":[{"ip":"192.0.2.7","from":"2025-11-21T05:59:59.250000Z",\
                "to":"2025-11-21T06:00:00.250000Z","reason":"dropped"},\
                {"from":"2025-11-21T06:00:00.250000Z","reason":"stopped"}],\
                "running":[{"ip":"192.0.2.7","from":"2025-11-21T06:00:00.250000Z",\
                "interval_ms":1000}]}\
                """,
                json(batch, 5L, -120L));
    }

    @Test
    void json_ofPingsLostWhileCutOff_hasTheirRanges() throws IOException {
        PingedIp ip = GivenPing.ip("192.0.2.7");
        rows.add(GivenPing.of(ip, T, -1), true);
        rows.add(GivenPing.of(ip, T + SECOND, -1), false);
        PingRows held = new PingRows();
        held.add(GivenPing.of(ip, T + 2 * SECOND, -1));
        held.add(GivenPing.unreachable(ip, T + 3 * SECOND, 3, 0, "192.0.2.1"));
        rows.add(held, 0, true);
        rows.add(held, 1, true);
        rows.add(GivenPing.of(ip, T + 4 * SECOND, 1_000));

        assertEquals(
                """
                [{"ip":"192.0.2.7","start":"2025-11-21T06:00:00.250000Z","interval_ms":1000,\
                "latency_ms":[null,null,null,null,1],\
                "outcomes":{"3":{"outcome":"unreachable","type":3,"code":0,"from":"192.0.2.1"}},\
                "ttl":57,"cut_off":[[0,1],[2,4]]}]\
                """,
                series());
    }

    @Test
    void cut_rowsInTheOrderOfDecision_areSeriesOfConsecutiveSlots() throws IOException {
        PingedIp a = GivenPing.ip("192.0.2.1");
        PingedIp b = GivenPing.ip("192.0.2.2");
        rows.add(GivenPing.of(a, T + 2 * SECOND, 1));
        rows.add(GivenPing.of(b, T, 1_000));
        rows.add(GivenPing.of(a, T + SECOND, -1)); // decided after the one that followed it
        rows.add(GivenPing.of(a, T + 4 * SECOND, 10)); // the one before it is undecided

        assertEquals(
                """
                [{"ip":"192.0.2.1","start":"2025-11-21T06:00:01.250000Z","interval_ms":1000,\
                "latency_ms":[null,0.001],"ttl":57},\
                {"ip":"192.0.2.1","start":"2025-11-21T06:00:04.250000Z","interval_ms":1000,\
                "latency_ms":[0.01],"ttl":57},\
                {"ip":"192.0.2.2","start":"2025-11-21T06:00:00.250000Z","interval_ms":1000,\
                "latency_ms":[1],"ttl":57}]\
                """,
                series());
    }

    @Test
    void cut_nameThatMoves_isASeriesPerAddress() throws IOException {
        PingedIp name =
                new PingedIp(
                        Address.parse("a.example"),
                        Family.IPV4,
                        null,
                        new Pace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO));
        rows.add(GivenPing.of(name, T, 1_000).at("192.0.2.1"));
        rows.add(GivenPing.notSent(name, T + 100_000, Outcome.RESOLVE_ERROR, "NXDOMAIN"));
        rows.add(GivenPing.of(name, T + 200_000, 1_000).at("192.0.2.2"));

        assertEquals(
                """
                [{"ip":"a.example","family":"ipv4","start":"2025-11-21T06:00:00.250000Z",\
                "interval_ms":100,"latency_ms":[1,null],\
                "outcomes":{"1":{"outcome":"resolve_error","cause":"NXDOMAIN"}},\
                "address":"192.0.2.1","ttl":57},\
                {"ip":"a.example","family":"ipv4","start":"2025-11-21T06:00:00.450000Z",\
                "interval_ms":100,"latency_ms":[1],"address":"192.0.2.2","ttl":57}]\
                """,
                series());
    }

    @Test
    void cut_aStepOfTheClock_keepsTimesOfTwoClocksApart() throws IOException {
        PingedIp ip = GivenPing.ip("192.0.2.1");
        rows.add(GivenPing.of(ip, T, 1_000));
        rows.add(GivenPing.of(ip, T, 2_000).steps(1));

        assertEquals(0, rows.fewestClockSteps(1));
        assertTrue(rows.count(1, 0, 2) == 1 && rows.count(2, 0, 2) == 0);
        assertEquals(1, sealed(0).header().pings());
        Series after = sealed(1).nextSeries();
        assertTrue(after != null && after.latencyMicros(0) == 2_000);
    }

    @Test
    void decode_dictionaryLostWithItsBatch_leavesOutOnlyWhatItNamed() throws IOException {
        PingedIp a = GivenPing.ip("192.0.2.1");
        PingedIp b = GivenPing.ip("192.0.2.2");
        rows.add(GivenPing.of(a, T, 1_000));
        sealed(0); // never read again
        rows.add(GivenPing.of(b, T, 2_000));
        encoder.begin(written, T);
        cutter.cut(rows, 0, 2, 0, encoder::add);
        encoder.add(new Running(BatchIp.of(a), T));
        encoder.end(2, 1, null);

        BatchDecoder batch =
                new BatchDecoder(encoder.bytes(), encoder.size(), new ReadDictionary());

        List<String> found = new ArrayList<>();
        for (Series s = batch.nextSeries(); s != null; s = batch.nextSeries()) {
            found.add(s.ip().ip());
        }
        assertEquals(List.of("192.0.2.2"), found);
        assertEquals(1, batch.unknown());
        assertNull(batch.nextGap());
        assertNull(batch.nextRunning());
    }

    @Test
    void bytes_everyPingASeriesOfItsOwn_areFewEnoughForAWeekIn4GiB() throws IOException {
        PingedIp[] ips = new PingedIp[500];
        for (int i = 0; i < ips.length; i++) {
            ips[i] = GivenPing.ip("10.0." + i / 250 + "." + (1 + i % 250));
        }
        long bytes = 0;
        int batches = 1_000; // half a second each
        for (int batch = 0; batch < batches; batch++) {
            rows.clear();
            for (int i = 0; i < 250; i++) {
                int ip = (batch % 2 * 250 + i) % 500;
                int latency = 20_000 + (i * 7_919 + batch * 104_729) % 3_000;
                rows.add(GivenPing.of(ips[ip], T + batch * 500_000L + i * 2_000L, latency));
            }
            encoder.begin(written, T + (batch + 1) * 500_000L);
            cutter.cut(rows, 0, rows.size(), 0, encoder::add);
            encoder.end(batch + 1, 1, -120L);
            bytes += encoder.size() + 12; // and its place in a segment
        }
        double perPing = (double) bytes / (batches * 250);
        assertTrue(perPing <= 10.0, perPing + " bytes a ping");
        double week = 500.0 * 7 * 86_400 * perPing;
        assertTrue(week <= 4L << 30, week + " bytes a week");
    }
}
