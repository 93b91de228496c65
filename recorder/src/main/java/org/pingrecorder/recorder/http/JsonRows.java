package org.pingrecorder.recorder.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as one JSON array, or as NDJSON: one value a line. */
public abstract class JsonRows<T> implements RowEncoder<T> {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final boolean lines;
    private boolean any;
    private @Nullable JsonGenerator generator;

    /**
     * Rows in one of the two forms.
     *
     * @param lines whether as NDJSON
     */
    protected JsonRows(boolean lines) {
        this.lines = lines;
    }

    /** Writes what belongs to one row: a whole value, or a part of one that a later row ends. */
    protected abstract void write(JsonGenerator json, T row) throws IOException;

    /** Ends a value that the last row left open. */
    protected void finish(JsonGenerator json) throws IOException {}

    @Override
    public final void start(OutputStream out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(out);
        generator = json;
        if (lines) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        } else {
            json.writeStartArray();
        }
    }

    @Override
    public final void row(T row) throws IOException {
        JsonGenerator json = json();
        any = true;
        write(json, row);
        json.flush();
    }

    @Override
    public final void end() throws IOException {
        JsonGenerator json = json();
        finish(json);
        if (!lines) {
            json.writeEndArray();
        } else if (any) {
            json.writeRaw('\n');
        }
        json.flush();
    }

    private JsonGenerator json() {
        return Objects.requireNonNull(generator, "start comes first");
    }
}
