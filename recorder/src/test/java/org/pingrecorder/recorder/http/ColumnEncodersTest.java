package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.database.Rows;

class ColumnEncodersTest {

    private record Row(@Nullable String text, @Nullable Double number, long count, Instant at) {}

    private static final List<Column<Row>> COLUMNS =
            List.of(
                    new Column<>("text", Row::text),
                    new Column<>("number", Row::number),
                    new Column<>("count", Row::count),
                    new Column<>("at", Row::at));

    private static final Row HOSTILE =
            new Row("a\"b,\r\n\u2028💥=1", 0.001, Long.MAX_VALUE, Instant.EPOCH);
    private static final Row EMPTY = new Row(null, null, 0, Instant.EPOCH);

    private static final String HOSTILE_JSON =
            "{\"text\":\"a\\\"b,\\r\\n\u2028💥=1\",\"number\":0.001,"
                    + "\"count\":9223372036854775807,\"at\":\"1970-01-01T00:00:00Z\"}";
    private static final String EMPTY_JSON =
            "{\"text\":null,\"number\":null,\"count\":0,\"at\":\"1970-01-01T00:00:00Z\"}";

    private static String encoded(Format format, List<Row> rows) throws IOException {
        try (InputStream stream =
                new RowStream<>(
                        Rows.of(rows),
                        ColumnEncoders.of(format, COLUMNS),
                        InstantSource.system(),
                        ended -> {})) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void json_isAnArrayOfEveryValueAndNull() throws IOException {
        assertEquals(
                Json.of("[" + HOSTILE_JSON + "," + EMPTY_JSON + "]"),
                Json.of(encoded(Format.JSON, List.of(HOSTILE, EMPTY))));
        assertEquals("[]", encoded(Format.JSON, List.of()));
    }

    @Test
    void ndjson_isALineEachAndNothingForNone() throws IOException {
        String text = encoded(Format.NDJSON, List.of(HOSTILE, EMPTY));
        assertEquals(
                List.of(Json.of(HOSTILE_JSON), Json.of(EMPTY_JSON)),
                Arrays.stream(text.split("\n", -1)).limit(2).map(Json::of).toList());
        assertEquals(2, text.chars().filter(c -> c == '\n').count());
        assertTrue(text.endsWith("}\n"));
        assertEquals("", encoded(Format.NDJSON, List.of()));
    }

    @Test
    void csv_quotesWhatNeedsItAndLeavesNullEmpty() throws IOException {
        String header = "text,number,count,at\r\n";
        assertEquals(
                header
                        + "\"a\"\"b,\r\n"
                        + "\u2028💥=1\",0.001,9223372036854775807,1970-01-01T00:00:00Z\r\n"
                        + ",,0,1970-01-01T00:00:00Z\r\n",
                encoded(Format.CSV, List.of(HOSTILE, EMPTY)));
        assertEquals(header, encoded(Format.CSV, List.of()));
    }

    @Test
    void csv_textOfAFormula_isATextToASpreadsheet() throws IOException {
        for (String formula : List.of("=1+1", "+1", "-1", "@SUM(1)", "\t=1")) {
            Row row = new Row(formula, -0.5, -7, Instant.EPOCH);
            assertEquals(
                    "text,number,count,at\r\n'" + formula + ",-0.5,-7,1970-01-01T00:00:00Z\r\n",
                    encoded(Format.CSV, List.of(row)));
        }
    }
}
