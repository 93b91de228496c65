package org.pingrecorder.agent.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * Writes batches as {@code POST /record-pings} takes them, straight from their bytes. For one
 * thread.
 */
public final class BatchJson {

    private final UtcText time = new UtcText();
    private final char[] number = new char[16];

    /**
     * Writes one batch, as one object.
     *
     * @param spool that numbered it
     * @param nowMicros what the clock of the batch's times shows now; null where that is not known
     * @param offsetMicros the recorder's clock minus that one; null where that is not known
     * @throws CorruptException if the batch cannot be read
     */
    public void write(
            JsonGenerator json,
            BatchDecoder batch,
            String spool,
            @Nullable Long nowMicros,
            @Nullable Long offsetMicros)
            throws IOException {
        BatchHeader header = batch.header();
        json.writeStartObject();
        json.writeStringField("spool", spool);
        json.writeNumberField("batch", header.number());
        writeTime(json, "sealed_at", header.sealedMicros());
        json.writeObjectFieldStart("clock");
        json.writeNumberField("epoch", header.epoch());
        if (nowMicros != null) {
            json.writeNumberField("now_us", nowMicros);
        }
        if (offsetMicros != null) {
            json.writeNumberField("offset_us", offsetMicros);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("series");
        for (Series s = batch.nextSeries(); s != null; s = batch.nextSeries()) {
            write(json, s);
        }
        json.writeEndArray();
        writeGaps(json, batch);
        writeRunning(json, batch);
        writeMetrics(json, batch);
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Series s) throws IOException {
        json.writeStartObject();
        writeIp(json, s.ip());
        if (s.ip().name() != null) {
            json.writeStringField("name", s.ip().name());
        }
        writeTime(json, "start", s.startMicros);
        if (s.ip().intervalMicros() > 0) {
            writeMillis(json, "interval_ms", s.ip().intervalMicros());
        }
        json.writeArrayFieldStart("latency_ms");
        for (int i = 0; i < s.count; i++) {
            if (s.latencyMicros[i] < 0) {
                json.writeNull();
            } else {
                writeMillis(json, s.latencyMicros[i]);
            }
        }
        json.writeEndArray();
        writeEach(json, s, "outcomes", i -> !s.isUsual(i), i -> writeOutcome(json, s, i));
        if (s.address != null) {
            json.writeStringField("address", s.address);
        }
        writeTtl(json, s);
        writeEach(
                json,
                s,
                "duplicates",
                i -> s.duplicates[i] > 0,
                i -> json.writeNumber(s.duplicates[i]));
        writeEach(
                json,
                s,
                "slip_us",
                i -> s.slipMicros[i] > 0,
                i -> json.writeNumber(s.slipMicros[i]));
        writeCutOff(json, s);
        json.writeEndObject();
    }

    /** As ranges of indexes, their ends excluded. */
    private static void writeCutOff(JsonGenerator json, Series s) throws IOException {
        boolean any = false;
        for (int i = 0; i < s.count; i++) {
            if (s.cutOff[i]) {
                int from = i;
                while (i < s.count && s.cutOff[i]) {
                    i++;
                }
                if (!any) {
                    json.writeArrayFieldStart("cut_off");
                    any = true;
                }
                json.writeStartArray();
                json.writeNumber(from);
                json.writeNumber(i);
                json.writeEndArray();
            }
        }
        if (any) {
            json.writeEndArray();
        }
    }

    /** Writes the value of one ping. */
    private interface Value {
        void write(int index) throws IOException;
    }

    private static void writeEach(
            JsonGenerator json, Series s, String name, IntPredicate which, Value value)
            throws IOException {
        boolean any = false;
        for (int i = 0; i < s.count; i++) {
            if (which.test(i)) {
                if (!any) {
                    json.writeObjectFieldStart(name);
                    any = true;
                }
                json.writeFieldName(Integer.toString(i));
                value.write(i);
            }
        }
        if (any) {
            json.writeEndObject();
        }
    }

    private static void writeOutcome(JsonGenerator json, Series s, int i) throws IOException {
        json.writeStartObject();
        json.writeStringField("outcome", s.outcomes[i].text());
        boolean unreachable = s.outcomes[i] == Outcome.UNREACHABLE;
        if (unreachable && s.errorType[i] >= 0) {
            json.writeNumberField("type", s.errorType[i]);
        }
        if (unreachable && s.errorCode[i] >= 0) {
            json.writeNumberField("code", s.errorCode[i]);
        }
        if (s.detail[i] != null) {
            json.writeStringField(unreachable ? "from" : "cause", s.detail[i]);
        }
        json.writeEndObject();
    }

    private static void writeTtl(JsonGenerator json, Series s) throws IOException {
        int ttl = Series.NONE;
        boolean changes = false;
        for (int i = 0; i < s.count; i++) {
            if (s.ttl[i] >= 0 && s.ttl[i] != ttl) {
                if (ttl < 0) {
                    json.writeNumberField("ttl", s.ttl[i]);
                } else {
                    if (!changes) {
                        json.writeObjectFieldStart("ttls");
                        changes = true;
                    }
                    json.writeNumberField(Integer.toString(i), s.ttl[i]);
                }
                ttl = s.ttl[i];
            }
        }
        if (changes) {
            json.writeEndObject();
        }
    }

    private void writeGaps(JsonGenerator json, BatchDecoder batch) throws IOException {
        Gap gap = batch.nextGap();
        if (gap == null) {
            return;
        }
        json.writeArrayFieldStart("gaps");
        for (; gap != null; gap = batch.nextGap()) {
            json.writeStartObject();
            if (gap.ip() != null) {
                writeIp(json, gap.ip());
            }
            writeTime(json, "from", gap.fromMicros());
            if (gap.toMicros() != Gap.OPEN) {
                writeTime(json, "to", gap.toMicros());
            }
            json.writeStringField("reason", gap.reason().text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeRunning(JsonGenerator json, BatchDecoder batch) throws IOException {
        Running running = batch.nextRunning();
        if (running == null) {
            return;
        }
        json.writeArrayFieldStart("running");
        for (; running != null; running = batch.nextRunning()) {
            json.writeStartObject();
            writeIp(json, running.ip());
            writeTime(json, "from", running.fromMicros());
            writeMillis(json, "interval_ms", running.ip().intervalMicros());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeMetrics(JsonGenerator json, BatchDecoder batch) throws IOException {
        Measurement measured = batch.nextMeasurement();
        if (measured == null) {
            return;
        }
        json.writeArrayFieldStart("metrics");
        for (; measured != null; measured = batch.nextMeasurement()) {
            json.writeStartObject();
            writeTime(json, "at", measured.atMicros());
            json.writeNumberField("interval_ms", measured.intervalMillis());
            json.writeObjectFieldStart("values");
            for (int i = 0; i < measured.count(); i++) {
                json.writeFieldName(measured.name(i));
                writeValue(json, measured.value(i));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeValue(JsonGenerator json, double value) throws IOException {
        long whole = (long) value;
        if (whole == value) {
            json.writeNumber(whole);
        } else {
            json.writeNumber(value);
        }
    }

    private static void writeIp(JsonGenerator json, BatchIp ip) throws IOException {
        json.writeStringField("ip", ip.ip());
        if (ip.family() != null) {
            json.writeStringField("family", ip.family().text());
        }
    }

    private void writeTime(JsonGenerator json, String field, long epochMicros) throws IOException {
        json.writeFieldName(field);
        char[] text = time.write(epochMicros);
        json.writeString(text, 0, time.length());
    }

    private void writeMillis(JsonGenerator json, String field, long micros) throws IOException {
        json.writeFieldName(field);
        writeMillis(json, micros);
    }

    /** Microseconds as milliseconds, with as many digits as they need. */
    private void writeMillis(JsonGenerator json, long micros) throws IOException {
        long whole = micros / 1_000;
        int rest = (int) (micros % 1_000);
        if (rest == 0) {
            json.writeNumber(whole);
            return;
        }
        int at = number.length;
        boolean trailing = true;
        for (int digit = 0; digit < 3; digit++) {
            int value = rest % 10;
            rest /= 10;
            trailing &= value == 0;
            if (!trailing) {
                number[--at] = (char) ('0' + value);
            }
        }
        number[--at] = '.';
        do {
            number[--at] = (char) ('0' + whole % 10);
            whole /= 10;
        } while (whole > 0);
        json.writeNumber(number, at, number.length - at);
    }
}
