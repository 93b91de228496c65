package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.recorder.samples.Samples;

/**
 * Reads the batches of one request from JSON, one after the other, without holding the text. What
 * cannot be read at all, or is no batch, is a {@link Fault}; what is wrong with single pings or
 * series is refused in its batch. One instance reads one request.
 */
final class BatchReader {

    private static final int MOST_BATCHES = 1_000;

    /** In one request; each is one or more pings of an ip. */
    private static final int MOST_SERIES = 250_000;

    /** In one request: so many are a program's mistake, and nobody reads their list. */
    private static final int MOST_REFUSALS = 10_000;

    /** In one request, of gaps and running together: each is a row of its own. */
    private static final int MOST_SPANS = 100_000;

    /** In one request: a day of them every 10 seconds. */
    private static final int MOST_METRICS = 10_000;

    /** A clock that has lost its time begins in 1970; more is no clock. */
    private static final long MOST_OFFSET_MICROS = TimeUnit.DAYS.toMicros(100 * 365);

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(20)
                                    .maxStringLength(1 << 20)
                                    .build())
                    .build();

    private final KnownIps ips;
    private final Function<SpoolClocks.Spool, SpoolClock> clocks;
    private final long receivedMicros;
    private final Bounds bounds;
    private final SeriesReader seriesReader = new SeriesReader();
    private final List<Batch> batches = new ArrayList<>();
    private SpoolClocks.@Nullable Spool spool;
    private SpoolClock clock = SpoolClock.UNKNOWN;
    private int series;
    private int spans;
    private int metrics;
    private int refusals;

    BatchReader(
            KnownIps ips,
            Function<SpoolClocks.Spool, SpoolClock> clocks,
            long receivedMicros,
            Bounds bounds) {
        this.ips = ips;
        this.clocks = clocks;
        this.receivedMicros = receivedMicros;
        this.bounds = bounds;
    }

    /**
     * All batches of a body.
     *
     * @param many whether there may be more than one
     * @throws Fault 400 or 413
     */
    List<Batch> read(InputStream body, boolean many) {
        try (JsonParser json = FACTORY.createParser(body)) {
            while (json.nextToken() != null) {
                if (!batches.isEmpty() && !many) {
                    throw Fault.badRequest(
                            "body",
                            "There is more after the end of the batch; send several as"
                                    + " application/x-ndjson.");
                }
                if (batches.size() == MOST_BATCHES) {
                    throw tooLarge("A request holds at most " + MOST_BATCHES + " batches");
                }
                batches.add(readBatch(json));
            }
        } catch (IOException e) {
            throw JsonBody.unreadable(e);
        }
        if (batches.isEmpty()) {
            throw Fault.badRequest("body", "The body is empty; send a batch.");
        }
        return batches;
    }

    private static Fault tooLarge(String limit) {
        return Fault.of(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE, limit + "; send fewer batches at a time.");
    }

    /** A 400 for the whole request. */
    private Fault fault(String field, String problem) {
        return Fault.badRequest("[" + batches.size() + "]." + field, problem + ".");
    }

    private Batch readBatch(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Fault.badRequest(
                    "[" + batches.size() + "]",
                    "A batch is an object, such as {\"spool\":\"…\",\"batch\":1,\"series\":[…]}.");
        }
        BatchDraft draft = new BatchDraft();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "spool" -> {
                    checkNew(draft.spool, field);
                    draft.spool = Fields.text(json, field, BatchReader::spool, p -> fail(field, p));
                }
                case "batch" -> {
                    checkNew(draft.number, field);
                    draft.number =
                            Fields.whole(json, field, 1, Long.MAX_VALUE, p -> fail(field, p));
                }
                case "clock" -> readClock(json, draft);
                case "series" -> {
                    checkNew(draft.hasSeries ? field : null, field);
                    draft.hasSeries = true;
                    readArray(json, field, () -> readSeries(json, draft));
                }
                case "gaps" -> readArray(json, field, () -> readGap(json, draft));
                case "running" -> readArray(json, field, () -> readRunning(json, draft));
                case "metrics" -> readArray(json, field, () -> readMetrics(json, draft));
                default -> json.skipChildren();
            }
        }
        return finish(draft);
    }

    private void checkNew(@Nullable Object earlier, String field) {
        if (earlier != null) {
            throw fault(field, "'" + field + "' is there twice; give it once");
        }
    }

    private void fail(String field, String problem) {
        throw fault(field, problem);
    }

    private static String spool(String text) {
        if (text.matches("[ -~]{1,64}")) {
            return text;
        }
        throw new IllegalArgumentException("is 1 to 64 printable ASCII characters");
    }

    private Batch finish(BatchDraft draft) {
        String id = draft.spool;
        Long number = draft.number;
        if (id == null) {
            throw fault("spool", "'spool' is missing; it is required, as a string");
        }
        if (number == null) {
            throw fault("batch", "'batch' is missing; it is required, as a whole number");
        }
        if (!draft.hasSeries) {
            throw fault("series", "'series' is missing; it is required, be it empty");
        }
        SpoolClocks.Spool of = new SpoolClocks.Spool(ips.client(), id);
        if (spool == null) {
            clock = clocks.apply(of);
        } else if (!spool.equals(of)) {
            throw fault(
                    "spool", "A request holds batches of one spool; send those of another apart");
        }
        spool = of;
        Long estimate = draft.estimateMicros(receivedMicros);
        clock = clock.after(draft.epoch, estimate);
        Batch batch = draft.finish(of, number, clock, estimate, bounds, this::checkRefusals);
        refusals += batch.refusals().size();
        checkRefusals(0);
        return batch;
    }

    private void checkRefusals(int more) {
        if (refusals + more > MOST_REFUSALS) {
            throw fault(
                    "series",
                    "More than "
                            + MOST_REFUSALS
                            + " pings, series, gaps and metrics of this request are wrong; mend the"
                            + " client that writes them");
        }
    }

    private void readClock(JsonParser json, BatchDraft draft) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw fault("clock", "'clock' is an object with 'epoch'");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            Fields.Problems problems = problem -> fail("clock." + field, problem);
            json.nextToken();
            switch (field) {
                case "epoch" ->
                        draft.epoch = Fields.whole(json, field, 0, Long.MAX_VALUE, problems);
                case "now_us" ->
                        draft.nowMicros = Fields.whole(json, field, 0, Times.END_MICROS, problems);
                case "offset_us" ->
                        draft.offsetMicros =
                                Fields.whole(
                                        json,
                                        field,
                                        -MOST_OFFSET_MICROS,
                                        MOST_OFFSET_MICROS,
                                        problems);
                default -> json.skipChildren();
            }
        }
        if (draft.epoch == null) {
            throw fault("clock.epoch", "'epoch' is missing; a clock has one");
        }
    }

    private interface Element {
        void read() throws IOException;
    }

    private void readArray(JsonParser json, String field, Element element) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL && !field.equals("series")) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw fault(field, "'" + field + "' is an array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    private void readSeries(JsonParser json, BatchDraft batch) throws IOException {
        if (++series > MOST_SERIES) {
            throw tooLarge("A request holds at most " + MOST_SERIES + " series");
        }
        seriesReader.read(json, batch.received);
        SeriesDraft draft = seriesReader.draft();
        int number = batch.seriesCount++;
        batch.received += draft.count;
        KnownIp ip = ip(draft.ip, draft.family, draft::refuse);
        if (draft.problem != null || ip == null) {
            batch.refuseSeries(
                    number,
                    draft.count,
                    String.valueOf(draft.problem),
                    Contents.draft(draft, 0, Integer.MAX_VALUE));
            checkRefusals(batch.refusals());
            return;
        }
        for (LeftOut leftOut : seriesReader.leftOut()) {
            batch.refuseOther(
                    number,
                    leftOut.problem() + "; the pings are stored without",
                    Contents.leftOut(draft, leftOut));
            checkRefusals(batch.refusals());
        }
        if (draft.address != null && draft.address.equals(ip.address().text())) {
            draft.address = null;
        }
        long start = Objects.requireNonNull(draft.startMicros);
        Samples samples =
                draft.samples(
                        start,
                        (index, reason) -> {
                            batch.refusePing(
                                    number, index, reason, Contents.draft(draft, index, 1));
                            checkRefusals(batch.refusals());
                        });
        if (!samples.isEmpty()) {
            batch.add(Series.of(number, ip, draft.name, start, draft.intervalMicros, samples));
        }
    }

    private @Nullable KnownIp ip(
            @Nullable String text, @Nullable String family, Fields.Problems problems)
            throws IOException {
        if (text == null) {
            problems.add("'ip' is missing");
            return null;
        }
        try {
            return ips.find(text, family);
        } catch (IllegalArgumentException e) {
            problems.add("'ip': " + e.getMessage());
            return null;
        }
    }

    private Span readSpan(JsonParser json) throws IOException {
        if (++spans > MOST_SPANS) {
            throw tooLarge("A request holds at most " + MOST_SPANS + " gaps and running");
        }
        return Span.read(json);
    }

    private void readGap(JsonParser json, BatchDraft batch) throws IOException {
        Span span = readSpan(json);
        if (span.problem == null && span.reason == null) {
            span.refuse("'reason' is missing; it is one of " + Span.REASONS);
        }
        boolean isOfOne = span.ip != null || span.family != null;
        KnownIp ip = isOfOne ? ip(span.ip, span.family, span::refuse) : null;
        if (span.from != null && span.to != null && span.to < span.from) {
            span.refuse("'to' is before 'from'");
        }
        if (span.from == null || span.reason == null || span.problem != null) {
            refuse(batch, "gaps", span);
        } else {
            batch.add(new Batch.Gap(ip, span.from, span.to, span.reason));
        }
    }

    private void readRunning(JsonParser json, BatchDraft batch) throws IOException {
        Span span = readSpan(json);
        KnownIp ip = ip(span.ip, span.family, span::refuse);
        if (span.intervalMicros == null) {
            span.refuse("'interval_ms' is missing");
        }
        if (ip == null
                || span.from == null
                || span.intervalMicros == null
                || span.problem != null) {
            refuse(batch, "running", span);
        } else {
            batch.add(new Batch.Running(ip, span.from, span.intervalMicros));
        }
    }

    private void readMetrics(JsonParser json, BatchDraft batch) throws IOException {
        if (++metrics > MOST_METRICS) {
            throw tooLarge("A request holds at most " + MOST_METRICS + " metrics");
        }
        MetricReader.Read read = MetricReader.read(json);
        for (LeftOut leftOut : read.leftOut()) {
            batch.refuseOther(null, "metrics: " + leftOut.problem(), Contents.leftOut(leftOut));
            checkRefusals(batch.refusals());
        }
        if (read.sample() != null) {
            batch.add(read.sample());
        }
    }

    private void refuse(BatchDraft batch, String field, Span span) {
        batch.refuseOther(null, field + ": " + span.problem, span.content());
        checkRefusals(batch.refusals());
    }
}
