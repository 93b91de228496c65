package org.pingrecorder.recorder.hostmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

/** From a batch's {@code metrics} to the answers. */
class HostMetricsIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static final AtomicInteger CLIENTS = new AtomicInteger();
    private static final String HOUR = "start=2026-03-01T10:00:00Z&end=2026-03-01T11:00:00Z";

    private final String client = "host" + CLIENTS.incrementAndGet();

    private static String sample(String at, String values) {
        return "{\"at\":\"%s\",\"interval_ms\":10000,\"values\":{%s}}".formatted(at, values);
    }

    private Json deliver(long batch, String... metrics) {
        return deliverWith("", batch, metrics);
    }

    private Json deliverWith(String more, long batch, String... metrics) {
        return RECORDER.post(
                        "/record-pings/" + client,
                        "{\"spool\":\"s\",\"batch\":%d,\"series\":[],\"metrics\":[%s]%s}"
                                .formatted(batch, String.join(",", metrics), more))
                .expect(200)
                .json();
    }

    private String csv(String query) {
        return RECORDER.get("/clients/" + client + "/metrics?format=csv&" + query)
                .expect(200)
                .text()
                .replace("\r\n", "\n");
    }

    private static void pack() throws SQLException {
        try (Connection connection = RECORDER.database().connect()) {
            connection.setAutoCommit(false);
            Instant later = Instant.now().plus(HostPacking.REST).plusSeconds(1);
            RECORDER.bean(HostPacking.class).pack(connection, later, () -> false);
        }
    }

    private long rows(String table) {
        return RECORDER.database()
                .number("SELECT count(*) FROM %s WHERE client = '%s'".formatted(table, client));
    }

    @Test
    void get_packedOrNot_isTheSame() throws Exception {
        deliver(
                1,
                sample("2026-03-01T10:00:10Z", "\"cpu_percent\":10.5,\"load1\":1"),
                sample("2026-03-01T10:00:20Z", "\"cpu_percent\":20,\"load1\":2"));
        deliver(2, sample("2026-03-01T10:00:30Z", "\"cpu_percent\":0.1"));
        deliver(3, sample("2026-03-01T10:45:00Z", "\"cpu_percent\":7,\"other\":-1e-3"));
        String expected =
                """
                name,start,samples,min,avg,max,last
                cpu_percent,2026-03-01T10:00:00Z,3,0.1,10.200000000000001,20.0,0.1
                cpu_percent,2026-03-01T10:30:00Z,1,7.0,7.0,7.0,7.0
                load1,2026-03-01T10:00:00Z,2,1.0,1.5,2.0,2.0
                load1,2026-03-01T10:30:00Z,0,,,,
                other,2026-03-01T10:00:00Z,0,,,,
                other,2026-03-01T10:30:00Z,1,-0.001,-0.001,-0.001,-0.001
                """;
        assertEquals(expected, csv(HOUR + "&step=30m"));
        assertEquals(3, rows("host_upload"));

        pack();

        assertEquals(0, rows("host_upload"));
        assertEquals(1, rows("host_hour"));
        assertEquals(expected, csv(HOUR + "&step=30m"));
        String part = "start=2026-03-01T10:00:20Z&end=2026-03-01T10:00:30Z&names=load1";
        assertEquals(
                """
                name,start,samples,min,avg,max,last
                load1,2026-03-01T10:00:20Z,1,2.0,2.0,2.0,2.0
                """,
                csv(part + "&step=1m"));
    }

    @Test
    void deliver_lateAndTwice_joinsItsHourOnce() throws Exception {
        deliver(1, sample("2026-03-01T10:30:00Z", "\"a\":2"));
        pack();
        deliver(2, sample("2026-03-01T10:10:00Z", "\"a\":1"));
        assertEquals(
                "already_stored",
                deliver(2, sample("2026-03-01T10:10:00Z", "\"a\":1")).at("status").text());
        String expected =
                """
                name,start,samples,min,avg,max,last
                a,2026-03-01T10:00:00Z,2,1.0,1.5,2.0,2.0
                """;
        assertEquals(expected, csv(HOUR + "&step=1h"));

        pack();
        deliver(2, sample("2026-03-01T10:10:00Z", "\"a\":1"));
        pack();

        assertEquals(expected, csv(HOUR + "&step=1h"));
        assertEquals(1, rows("host_hour"));
    }

    @Test
    void pack_manyHoursAndNamesWithoutEnd_keepsAllInParts() throws Exception {
        int batch = 1;
        for (int hour = 0; hour < 3; hour++) {
            List<String> samples = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                StringBuilder values = new StringBuilder();
                for (int n = 0; n < 250; n++) {
                    values.append(n == 0 ? "" : ",").append("\"n%d_%d\":%d".formatted(i, n, n));
                }
                samples.add(sample("2026-03-0%dT10:%02d:00Z".formatted(hour + 1, i), values + ""));
            }
            deliver(batch++, samples.toArray(String[]::new));
        }

        pack();

        assertEquals(0, rows("host_upload"));
        assertTrue(rows("host_hour") >= 6, "parts");
        assertTrue(
                csv(HOUR + "&step=1h&names=n59_249&names=n0_3")
                        .endsWith(
                                """
                                n0_3,2026-03-01T10:00:00Z,1,3.0,3.0,3.0,3.0
                                n59_249,2026-03-01T10:00:00Z,1,249.0,249.0,249.0,249.0
                                """));
        RECORDER.get("/clients/" + client + "/metrics?" + HOUR + "&step=1m").problem(422);
    }

    @Test
    void deliver_badValues_areRefusedByNameAndTheRestIsStored() {
        deliver(
                1,
                sample(
                        "2026-03-01T10:00:00Z",
                        "\"good\":1,\"9bad\":2,\"text\":\"3\",\"none\":null,\"list\":[1,[2]],"
                                + "\"huge\":1e999,\"a{client=\\\"x\\\"}\":1,\"good\":4,"
                                + "\"disk{mount=\\\"/\\\"}\":5"));

        assertEquals(
                """
                name,start,samples,min,avg,max,last
                "disk{mount=""/""}",2026-03-01T10:00:00Z,1,5.0,5.0,5.0,5.0
                good,2026-03-01T10:00:00Z,1,1.0,1.0,1.0,1.0
                """,
                csv(HOUR + "&step=1h"));
        List<String> reasons =
                RECORDER.get("/refusals?client=" + client).expect(200).json().texts("reason");
        assertEquals(7, reasons.size(), reasons::toString);
        assertEquals("metrics: 'text': give a finite number", reasons.get(1));
        assertEquals("metrics: 'good': it is there twice, the first one counts", reasons.get(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "[]",
                "{}",
                "{\"values\":{\"a\":1}}",
                "{\"at\":\"yesterday\",\"values\":{\"a\":1}}",
                "{\"at\":\"1999-01-01T00:00:00Z\",\"values\":{\"a\":1}}",
                "{\"at\":\"2999-01-01T00:00:00Z\",\"values\":{\"a\":1}}",
                "{\"at\":\"2026-03-01T10:00:00Z\",\"values\":[1]}"
            })
    void deliver_badEntry_isRefusedAlone(String entry) {
        deliver(1, entry, sample("2026-03-01T10:00:00Z", "\"a\":1"));

        assertTrue(csv(HOUR + "&step=1h").endsWith("\na,2026-03-01T10:00:00Z,1,1.0,1.0,1.0,1.0\n"));
        assertTrue(
                RECORDER.get("/refusals?client=" + client)
                        .expect(200)
                        .json()
                        .texts("reason")
                        .getFirst()
                        .startsWith("metrics: "));
    }

    @Test
    void deliver_byAClockThatIsWrong_isCorrected() {
        deliverWith(
                ",\"clock\":{\"epoch\":1,\"offset_us\":-3600000000}",
                1,
                sample("2026-03-01T11:30:00Z", "\"a\":1"));

        assertTrue(csv(HOUR + "&step=30m").contains("a,2026-03-01T10:30:00Z,1,1.0"));
    }

    @Test
    void get_inEveryForm_isTheSame() {
        deliver(1, sample("2026-03-01T10:00:00Z", "\"a\":1.5"));
        String path = "/clients/" + client + "/metrics?" + HOUR + "&step=30m";
        String first =
                "{\"name\":\"a\",\"start\":\"2026-03-01T10:00:00Z\",\"samples\":1,\"min\":1.5,"
                        + "\"avg\":1.5,\"max\":1.5,\"last\":1.5}";
        String second =
                "{\"name\":\"a\",\"start\":\"2026-03-01T10:30:00Z\",\"samples\":0,\"min\":null,"
                        + "\"avg\":null,\"max\":null,\"last\":null}";

        assertEquals("[" + first + "," + second + "]", RECORDER.get(path).expect(200).text());
        assertEquals(
                first + "\n" + second + "\n",
                RECORDER.get(path, "Accept", "application/x-ndjson").expect(200).text());
    }

    @ParameterizedTest
    @CsvSource({
        "?step=1x, 400",
        "?tz=Nowhere, 400",
        "?names=9, 400",
        "?name=a, 400",
        "?end=2026-01-01T00:00:00Z&start=2026-01-02T00:00:00Z, 400",
        "?start=2000-01-01T00:00:00Z&end=2026-01-01T00:00:00Z&step=1s, 422"
    })
    void get_badQuery_isAProblem(String query, int status) {
        deliver(1, sample("2026-03-01T10:00:00Z", "\"a\":1"));

        RECORDER.get("/clients/" + client + "/metrics" + query).problem(status);
    }

    @Test
    void get_unknownClient_is404() {
        assertEquals(
                "There is no client 'nobody'; GET /clients lists them.",
                RECORDER.get("/clients/nobody/metrics").problem(404));
    }

    private List<String> gauges() {
        return RECORDER.get("/metrics")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.contains("{client=\"" + client + "\""))
                .toList();
    }

    @Test
    void prometheus_newestValues_areGaugesUntilThreeIntervalsHavePassed() {
        Instant now = Instant.now();
        deliver(1, sample(now.minusSeconds(31).toString(), "\"a\":1"));
        assertEquals(List.of(), gauges());

        deliver(2, sample(now.toString(), "\"a\":2.5,\"d{mount=\\\"/\\\"}\":1e12"));
        deliver(3, sample(now.minus(Duration.ofMinutes(1)).toString(), "\"a\":3"));

        assertEquals(
                List.of(
                        "ping_recorder_host_a{client=\"%s\"} 2.5".formatted(client),
                        "ping_recorder_host_d{client=\"%s\",mount=\"/\"} 1.0E12".formatted(client)),
                gauges());
        RECORDER.delete("/clients/" + client).expect(204);
        assertEquals(List.of(), gauges());
    }

    @Test
    void prometheus_eachName_isOfOneTypeLine() {
        deliver(1, sample(Instant.now().toString(), "\"same\":1"));
        RECORDER.post(
                        "/record-pings/other",
                        "{\"spool\":\"o\",\"batch\":1,\"series\":[],\"metrics\":["
                                + sample(Instant.now().toString(), "\"same\":2")
                                + "]}")
                .expect(200);

        String text = RECORDER.get("/metrics").expect(200).text();

        String type = "# TYPE ping_recorder_host_same gauge\n";
        assertEquals(text.indexOf(type), text.lastIndexOf(type));
        assertTrue(text.contains(type));
        assertFalse(text.contains("# TYPE ping_recorder_hosts_left_out gauge\n0"));
    }
}
