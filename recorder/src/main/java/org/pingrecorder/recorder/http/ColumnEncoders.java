package org.pingrecorder.recorder.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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
                switch (value) {
                    case null -> json.writeNull();
                    case Double number -> json.writeNumber(number);
                    case Long number -> json.writeNumber(number);
                    default -> json.writeString(value.toString());
                }
            }
            json.writeEndObject();
        }
    }

    /** RFC 4180, with a header line; null is an empty field. */
    private static final class Csv<T> implements RowEncoder<T> {

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
                csv.print(column.value().apply(row));
            }
            csv.println();
            csv.flush();
        }

        @Override
        public void end() {}
    }
}
