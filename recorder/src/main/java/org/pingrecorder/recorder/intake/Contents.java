package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Family;

/** What was refused or put aside, written as the series that it came in. */
final class Contents {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Contents() {}

    /** Some pings of a series that could be read; at most so many of them. */
    static String series(Series series, Samples samples, List<Integer> indices, int most) {
        return written(
                json -> {
                    Family family = series.ip().family();
                    head(
                            json,
                            series.ip().address().text(),
                            family == null ? null : family.text(),
                            samples.atMicros(indices.getFirst()),
                            series.intervalMicros());
                    json.writeArrayFieldStart("latency_ms");
                    for (int i = 0; i < Math.min(most, indices.size()); i++) {
                        latency(json, samples.latencyMicros(indices.get(i)));
                    }
                    json.writeEndArray();
                    json.writeStringField("outcome", samples.outcome(indices.getFirst()).text());
                });
    }

    /** Pings of a series that could not be read as a whole, from an index on. */
    static String draft(SeriesDraft draft, int from, int most) {
        return written(
                json -> {
                    head(json, draft.ip, draft.family, draft.atMicros(from), draft.intervalMicros);
                    json.writeArrayFieldStart("latency_ms");
                    for (int i = from; i < Math.min(draft.count, from + most); i++) {
                        latency(json, draft.latencies[i]);
                    }
                    json.writeEndArray();
                });
    }

    /** What a series is stored without. */
    static String leftOut(SeriesDraft draft, LeftOut leftOut) {
        return written(
                json -> {
                    head(json, draft.ip, draft.family, draft.startMicros, draft.intervalMicros);
                    write(json, leftOut);
                });
    }

    /** A field that was left out. */
    static String leftOut(LeftOut leftOut) {
        return written(json -> write(json, leftOut));
    }

    private static void write(JsonGenerator json, LeftOut leftOut) throws IOException {
        json.writeFieldName(leftOut.field());
        json.writeRawValue(leftOut.sent());
    }

    /** An entry of {@code metrics}. */
    static String metrics(MetricSample sample) {
        return written(
                json -> {
                    json.writeStringField("at", Hours.instant(sample.atMicros()).toString());
                    json.writeNumberField("interval_ms", sample.intervalMicros() / 1_000);
                    json.writeFieldName("values");
                    json.writeRawValue(values(sample.names(), sample.values()));
                });
    }

    /** Values by their names. */
    static String values(Collection<String> names, double[] values) {
        return written(
                json -> {
                    int i = 0;
                    for (String name : names) {
                        json.writeNumberField(name, values[i++]);
                    }
                });
    }

    /** An entry of {@code gaps} or {@code running}, with what could be read of it. */
    static String span(
            @Nullable String ip,
            @Nullable String family,
            @Nullable Long fromMicros,
            @Nullable Long toMicros,
            @Nullable String reason,
            long intervalMicros) {
        return written(
                json -> {
                    head(json, ip, family, null, intervalMicros);
                    if (fromMicros != null) {
                        json.writeStringField("from", Hours.instant(fromMicros).toString());
                    }
                    if (toMicros != null) {
                        json.writeStringField("to", Hours.instant(toMicros).toString());
                    }
                    if (reason != null) {
                        json.writeStringField("reason", reason);
                    }
                });
    }

    private static void head(
            JsonGenerator json,
            @Nullable String ip,
            @Nullable String family,
            @Nullable Long startMicros,
            long intervalMicros)
            throws IOException {
        if (ip != null) {
            json.writeStringField("ip", ip);
        }
        if (family != null) {
            json.writeStringField("family", family);
        }
        if (startMicros != null) {
            json.writeStringField("start", Hours.instant(startMicros).toString());
        }
        if (intervalMicros > 0) {
            json.writeNumberField("interval_ms", intervalMicros / 1_000.0);
        }
    }

    private static void latency(JsonGenerator json, int micros) throws IOException {
        if (micros >= 0) {
            json.writeNumber(micros / 1_000.0);
        } else {
            json.writeNull();
        }
    }

    private interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            writing.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString();
    }
}
