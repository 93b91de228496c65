package org.pingrecorder.agent.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The host's metrics in a batch. */
class BatchMetricsTest {

    private static final long T = 1_763_704_800_250_000L; // 2025-11-21T06:00:00.25Z

    /** Written by the version before metrics: a batch with one beginning and nothing else. */
    private static final byte[] OLD =
            HexFormat.of()
                    .parseHex(
                            "01"
                                    + "00"
                                    + "01"
                                    + "00"
                                    + "00"
                                    + "0000"
                                    + "0001"
                                    + "0161"
                                    + "0001"
                                    + "00000001"
                                    + "00"
                                    + "00"
                                    + "01"
                                    + "0002");

    private final BatchEncoder encoder = new BatchEncoder();

    private BatchDecoder decoder() throws CorruptException {
        return new BatchDecoder(encoder.bytes(), encoder.size(), new ReadDictionary());
    }

    private void encode(Measurement... measured) {
        encoder.begin(new WriteDictionary(), T);
        Arrays.stream(measured).forEach(encoder::add);
        encoder.end(7, 3, null);
    }

    @Test
    void json_measurements_areWhatTheRecorderTakes() throws IOException {
        encode(
                new Measurement(
                        T,
                        10_000,
                        new String[] {"cpu_percent", "disk_used_bytes{mount=\"/\"}"},
                        new double[] {3.2, 9e12}),
                new Measurement(T + 10_000_000, 10_000, new String[0], new double[0]));
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            new BatchJson().write(json, decoder(), "3f0c", null, null);
        }

        assertEquals(
                """
                {"spool":"3f0c","batch":7,"sealed_at":"2025-11-21T06:00:00.250000Z",\
                "clock":{"epoch":3},"series":[],"metrics":[\
                {"at":"2025-11-21T06:00:00.250000Z","interval_ms":10000,\
                "values":{"cpu_percent":3.2,"disk_used_bytes{mount=\\"/\\"}":9000000000000}},\
                {"at":"2025-11-21T06:00:10.250000Z","interval_ms":10000,"values":{}}]}\
                """,
                text.toString());
    }

    @Test
    void decode_batchOfTheVersionBefore_hasNoMeasurements() throws CorruptException {
        BatchDecoder old = new BatchDecoder(OLD, OLD.length, new ReadDictionary());

        assertNull(old.nextSeries());
        assertNull(old.nextGap());
        assertEquals(new Running(new BatchIp("a", null, null, 1), 1), old.nextRunning());
        assertNull(old.nextRunning());
        assertNull(old.nextMeasurement());
    }

    @Test
    void encode_withoutMeasurements_areTheBytesOfTheVersionBefore() {
        encoder.begin(new WriteDictionary(), 0);
        encoder.add(new Running(new BatchIp("a", null, null, 1), 1));
        encoder.end(1, 1, null);

        assertArrayEquals(OLD, Arrays.copyOf(encoder.bytes(), encoder.size()));
    }

    @Test
    void encode_usualValues_takeFewBytes() {
        encode();
        int empty = encoder.size();
        String[] names = {"a", "b", "c", "d"};
        encode(new Measurement(T, 10_000, names, new double[] {0, 100, 16 << 20, 0.5}));

        // Two of the dictionary for each name.
        assertEquals(25, encoder.size() - empty);
    }
}
