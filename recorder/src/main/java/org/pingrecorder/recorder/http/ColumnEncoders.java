package org.pingrecorder.recorder.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes rows of columns in any of the formats. */
public final class ColumnEncoders {

    private ColumnEncoders() {}

    public static <T> RowEncoder<T> of(Format format, List<Column<T>> columns) {
        return switch (format) {
            case JSON -> new Json<>(columns, false);
            case NDJSON -> new Json<>(columns, true);
            case CSV -> new Csv<>(columns);
        };
    }

    private static final class Json<T> extends JsonRows<T> {

        private final List<Column<T>> columns;

        Json(List<Column<T>> columns, boolean lines) {
            super(lines);
            this.columns = columns;
        }

        @Override
        protected void write(JsonGenerator json, T row) throws IOException {
            json.writeStartObject();
            for (Column<T> column : columns) {
                Object value = column.value().apply(row);
                if (value == null && column.isRare()) {
                    continue;
                }
                json.writeFieldName(column.name());
                writeValue(json, value);
            }
            json.writeEndObject();
        }

        private static void writeValue(JsonGenerator json, @Nullable Object value)
                throws IOException {
            switch (value) {
                case null -> json.writeNull();
                case Double number -> json.writeNumber(number);
                case Long number -> json.writeNumber(number);
                case Integer number -> json.writeNumber(number);
                case Boolean truth -> json.writeBoolean(truth);
                case List<?> values -> {
                    json.writeStartArray();
                    for (Object each : values) {
                        writeValue(json, each);
                    }
                    json.writeEndArray();
                }
                case Map<?, ?> values -> {
                    json.writeStartObject();
                    for (Map.Entry<?, ?> each : values.entrySet()) {
                        json.writeFieldName(each.getKey().toString());
                        writeValue(json, each.getValue());
                    }
                    json.writeEndObject();
                }
                default -> json.writeString(value.toString());
            }
        }
    }

    /**
     * RFC 4180, with a header line; null is an empty field. A text that a spreadsheet would take
     * for a formula has an apostrophe before it, for names come from outside.
     */
    private static final class Csv<T> implements RowEncoder<T> {

        /** What formulas begin with, and what spreadsheets skip before them. */
        private static final String FORMULA = "=+-@\t\r\n";

        private final List<Column<T>> columns;
        private @Nullable CSVPrinter printer;

        Csv(List<Column<T>> columns) {
            this.columns = columns;
        }

        @Override
        public void start(OutputStream out) throws IOException {
            CSVPrinter csv =
                    new CSVPrinter(
                            new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.RFC4180);
            csv.printRecord(columns.stream().map(Column::name));
            csv.flush();
            printer = csv;
        }

        @Override
        public void row(T row) throws IOException {
            CSVPrinter csv = Objects.requireNonNull(printer, "start comes first");
            for (Column<T> column : columns) {
                Object value = column.value().apply(row);
                csv.print(
                        switch (value) {
                            case List<?> values -> harmless(joined(values));
                            case Map<?, ?> values -> harmless(joined(values.entrySet()));
                            case String text -> harmless(text);
                            case null, default -> value;
                        });
            }
            csv.println();
            csv.flush();
        }

        private static String harmless(String text) {
            return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        }

        /** Several values in one field, with blanks between them; null is none, names have =. */
        private static String joined(Collection<?> values) {
            return values.stream()
                    .map(value -> value == null ? "" : value.toString())
                    .collect(Collectors.joining(" "));
        }

        @Override
        public void end() {}
    }
}
