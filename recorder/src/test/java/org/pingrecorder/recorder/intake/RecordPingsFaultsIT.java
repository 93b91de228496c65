package org.pingrecorder.recorder.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.intake.Deliveries.batch;
import static org.pingrecorder.recorder.intake.Deliveries.gzip;
import static org.pingrecorder.recorder.intake.Deliveries.series;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.RawHttp;
import org.pingrecorder.recorder.TestRecorder;

/** What cannot be taken at all is refused whole, in words, and leaves nothing behind. */
class RecordPingsFaultsIT {

    private static final String START = "2024-03-01T06:00:00.250Z";
    private static final String RIGHT = batch("s", 1, series("192.0.2.1", START, "1"));

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private final Deliveries deliveries = new Deliveries(RECORDER);

    private void assertNothingOf(String client) {
        assertEquals(0, deliveries.count(client));
        for (String table : List.of("spool", "upload", "ip", "refusal")) {
            assertEquals(
                    0,
                    RECORDER.database()
                            .number(
                                    "SELECT count(*) FROM %s WHERE client = '%s'"
                                            .formatted(table, client)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "nope",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[}",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[{\"ip\":\"192.0.2.1\",\"latency_ms\":[01]}]}",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[{\"ip\":\"192.0.2.1\",\"latency_ms\":[NaN]}]}",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[]",
            })
    void body_thatIsNoJson_is400AndSaysWhere(String body) {
        String detail = deliveries.post("malformed", body).problem(400, "body");
        assertTrue(detail.contains("column") || detail.contains("empty"), detail);
        assertNothingOf("malformed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                                                     | [0]",
                "[{\"spool\":\"s\",\"batch\":1,\"series\":[]}]         | [0]",
                "{\"batch\":1,\"series\":[]}                           | [0].spool",
                "{\"spool\":\"\",\"batch\":1,\"series\":[]}            | [0].spool",
                "{\"spool\":\"ü\",\"batch\":1,\"series\":[]}           | [0].spool",
                "{\"spool\":7,\"batch\":1,\"series\":[]}               | [0].spool",
                "{\"spool\":\"s\",\"spool\":\"t\",\"batch\":1,\"series\":[]} | [0].spool",
                "{\"spool\":\"s\",\"series\":[]}                       | [0].batch",
                "{\"spool\":\"s\",\"batch\":0,\"series\":[]}           | [0].batch",
                "{\"spool\":\"s\",\"batch\":1.0,\"series\":[]}         | [0].batch",
                "{\"spool\":\"s\",\"batch\":9223372036854775808,\"series\":[]} | [0].batch",
                "{\"spool\":\"s\",\"batch\":1}                         | [0].series",
                "{\"spool\":\"s\",\"batch\":1,\"series\":null}         | [0].series",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[],\"series\":[]} | [0].series",
                "{\"spool\":\"s\",\"batch\":1,\"series\":{}}           | [0].series",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[],\"gaps\":7} | [0].gaps",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[],\"clock\":7} | [0].clock",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[],\"clock\":{}} | [0].clock.epoch",
                "{\"spool\":\"s\",\"batch\":1,\"series\":[],\"clock\":{\"epoch\":1,\"now_us\":-1}}"
                        + " | [0].clock.now_us",
            })
    void batch_thatIsNone_is400ByField(String body, String field) {
        deliveries.post("none", body).problem(400, field);
        deliveries.postLines("none", RIGHT, body).problem(400, field.replace("[0]", "[1]"));
        assertNothingOf("none");
    }

    @Test
    void line_thatIsWrong_keepsOutAllOfItsRequest() {
        String detail = deliveries.postLines("line", RIGHT, "", "{\"spool\":").problem(400, "body");
        assertTrue(detail.contains("line 3"), detail);
        deliveries.post("line", RIGHT + RIGHT).problem(400, "body");
        deliveries
                .postLines("line", RIGHT, RIGHT.replace("\"s\"", "\"t\""))
                .problem(400, "[1].spool");
        assertNothingOf("line");
    }

    @Test
    void limits_areToldWithA413() {
        String big = "\"x\":\"" + "x".repeat(1 << 20) + "\"";
        String[] many = Collections.nCopies(16, big).toArray(String[]::new);
        String detail = deliveries.post("limits", batch("s", 1, "", many)).problem(413);
        assertTrue(detail.contains("16 MB"), detail);
        String[] lines =
                IntStream.rangeClosed(1, 1_001)
                        .mapToObj(i -> batch("s", i, ""))
                        .toArray(String[]::new);
        detail = deliveries.postLines("limits", lines).problem(413);
        assertTrue(detail.contains("1000 batches"), detail);
        String pings = "null,".repeat(100_000) + "1";
        detail =
                deliveries
                        .post("limits", batch("s", 1, series("192.0.2.1", START, pings)))
                        .problem(413);
        assertTrue(detail.contains("100000 pings"), detail);
        String half = series("192.0.2.1", START, "null,".repeat(49_999) + "1");
        deliveries
                .post("limits", batch("s", 1, half + "," + half + "," + series("a", START, "1")))
                .problem(413);
        assertNothingOf("limits");
        assertEquals(
                100_000L,
                deliveries.receipt("most", batch("s", 1, half + "," + half)).at("stored").number());
    }

    @Test
    void bodyOfMoreThanAMegabyte_isForBatchesAlone() {
        String more = "\"x\":\"" + "x".repeat(1 << 20) + "\"";
        deliveries.post("mega", batch("s", 1, series("192.0.2.1", START, "1"), more)).expect(200);
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\"," + more + "}").problem(413);
        RECORDER.post("/record-ping/mega", "{\"ip\":\"192.0.2.1\",\"latency_ms\":1," + more + "}")
                .problem(413);
    }

    @Test
    void bomb_isNotUnpackedBeyondTheLimit() {
        byte[] bomb = gzip(" ".repeat(65 << 20) + RIGHT);
        assertTrue(bomb.length < 100_000);
        String detail = deliveries.postGzip("bomb", bomb, "application/json").problem(413);
        assertTrue(detail.contains("64 MB"), detail);
        assertNothingOf("bomb");
    }

    @Test
    void gzip_thatIsBroken_is400() {
        byte[] packed = gzip(batch("s", 1, series("192.0.2.1", START, "1.5,".repeat(5_000) + "1")));
        for (int length : new int[] {2, 9, 10, 11, packed.length / 2, packed.length - 1}) {
            deliveries
                    .postGzip("broken", Arrays.copyOf(packed, length), "application/json")
                    .problem(400, "body");
        }
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = packed.clone();
            damaged[2 + random.nextInt(packed.length - 2)] ^= (byte) (1 << random.nextInt(8));
            int status = deliveries.postGzip("damaged", damaged, "application/json").status();
            assertTrue(status == 400 || status == 200, () -> "status " + status);
        }
        assertNothingOf("broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip"})
    void encoding_thatIsNotGzip_is415(String encoding) {
        RECORDER.send(
                        "POST",
                        "/record-pings/encoded",
                        BodyPublishers.ofString(RIGHT),
                        "Content-Type",
                        "application/json",
                        "Content-Encoding",
                        encoding)
                .problem(415);
        assertNothingOf("encoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
    void contentType_thatIsNotJson_is415(String type) {
        RECORDER.post("/record-pings/typed", BodyPublishers.ofString(RIGHT), type).problem(415);
        assertNothingOf("typed");
    }

    @Test
    void whatIsWrongAndNoPing_isCountedInTheReceipt() {
        String wrong = "\"gaps\":[{\"from\":7}],\"running\":[{}]";
        Json receipt =
                deliveries.receipt(
                        "other",
                        batch("s", 1, series("192.0.2.1", START, "1,-2", "\"ttl\":300"), wrong));
        assertEquals(1, receipt.at("stored").number());
        assertEquals(1, receipt.at("refused").size());
        assertEquals(3, receipt.at("other_refusals").number());
        assertEquals(4, RECORDER.get("/refusals?client=other").json().size());
    }

    @Test
    void refusals_withoutEnd_keepOutAllOfTheRequest() {
        String wrong = series("192.0.2.1", START, "-1,".repeat(10_000) + "-1");
        String detail = deliveries.post("endless", batch("s", 1, wrong)).problem(400);
        assertTrue(detail.contains("10000"), detail);
        assertNothingOf("endless");
    }

    @Test
    void bodiesThatFillTheMemory_turnTheNextBack() throws IOException {
        byte[] half = new byte[12 << 20];
        String head =
                """
                POST /record-pings/many HTTP/1.1
                Host: %s
                Content-Type: application/json
                Content-Length: %d

                """
                        .formatted(RECORDER.authority(), half.length + 1L);
        byte[] begun = RawHttp.bytes(head.replace("\n", "\r\n"));
        List<Socket> senders = new ArrayList<>();
        try {
            for (long sent = 0; sent <= BodyRoom.MEGABYTES << 20; sent += half.length) {
                Socket sender = RawHttp.open(RECORDER.uri(), begun);
                sender.getOutputStream().write(half);
                senders.add(sender);
            }
            String[] fillers =
                    Collections.nCopies(8, "\"x\":\"" + "x".repeat(1 << 20) + "\"")
                            .toArray(String[]::new);
            String right = batch("s", 1, series("192.0.2.1", START, "1"), fillers);
            await().untilAsserted(
                            () -> {
                                Answer answer = deliveries.post("next", right);
                                assertTrue(answer.problem(429).contains("send the same again"));
                                assertFalse(answer.header("retry-after").isEmpty());
                            });
            senders.getFirst().close();
            await().untilAsserted(() -> deliveries.post("next", right).expect(200));
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
    }

    @Test
    void diskThatIsFull_is503AndNothingIsHalfStored() {
        RECORDER.database()
                .execute(
                        """
                        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF NEW.client = 'full' THEN
                                RAISE 'could not extend file: No space left on device'
                                    USING ERRCODE = '53100';
                            END IF;
                            RETURN NEW;
                        END $$;
                        CREATE TRIGGER full_disk BEFORE INSERT ON upload
                            FOR EACH ROW EXECUTE FUNCTION full_disk();
                        """);
        for (int i = 0; i < 2; i++) {
            assertEquals("5", deliveries.post("full", RIGHT).header("retry-after"));
            deliveries.post("full", RIGHT).problem(503);
            assertNothingOf("full");
        }
        RECORDER.database().execute("DROP TRIGGER full_disk ON upload");
        assertEquals("stored", deliveries.receipt("full", RIGHT).at("status").text());
        assertEquals(1, deliveries.count("full"));
    }

    @Test
    void database_thatRefusesOne_takesTheOthers() {
        RECORDER.database()
                .execute(
                        """
                        CREATE FUNCTION pick() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF NEW.client = 'bad' THEN
                                RAISE 'none of mine' USING ERRCODE = '22003';
                            END IF;
                            RETURN NEW;
                        END $$;
                        CREATE TRIGGER pick BEFORE INSERT ON upload
                            FOR EACH ROW EXECUTE FUNCTION pick();
                        """);
        List<Integer> statuses =
                IntStream.range(0, 40)
                        .parallel()
                        .mapToObj(i -> deliveries.post(i == 7 ? "bad" : "good" + i, RIGHT).status())
                        .toList();
        assertEquals(500, statuses.get(7));
        assertEquals(39, statuses.stream().filter(status -> status == 200).count());
        assertNothingOf("bad");
        assertEquals(1, deliveries.count("good8"));
        RECORDER.database().execute("DROP TRIGGER pick ON upload");
        assertEquals("stored", deliveries.receipt("bad", RIGHT).at("status").text());
    }
}
