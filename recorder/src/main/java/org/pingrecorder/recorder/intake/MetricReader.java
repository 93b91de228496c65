package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.MetricName;

/**
 * Reads one entry of {@code metrics}: values that are wrong are left out, each with its name, and
 * the rest is taken. For one thread.
 */
final class MetricReader {

    /** Of one sample. */
    static final int MOST_VALUES = 300;

    private static final long LEAST_INTERVAL_MILLIS = 1_000;
    private static final long MOST_INTERVAL_MILLIS = 3_600_000;

    /** Where none is given. */
    private static final long USUAL_INTERVAL_MILLIS = 10_000;

    private static final int LONGEST_SHOWN = 100;

    private final List<LeftOut> leftOut = new ArrayList<>();

    private MetricReader() {}

    /**
     * One entry as it was sent.
     *
     * @param sample null if nothing of it can be taken
     * @param leftOut what of it is not in the sample
     */
    record Read(@Nullable MetricSample sample, List<LeftOut> leftOut) {}

    /** Reads the one that the parser stands on; it then stands on its end. */
    static Read read(JsonParser json) throws IOException {
        MetricReader reader = new MetricReader();
        return new Read(reader.sample(json), reader.leftOut);
    }

    private @Nullable MetricSample sample(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            leftOut.add(LeftOut.of("an entry is an object", "metrics", json));
            json.skipChildren();
            return null;
        }
        Long at = null;
        Long intervalMillis = null;
        Set<String> names = new LinkedHashSet<>();
        double[] values = new double[MOST_VALUES];
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            Fields.Problems problems = problem -> leftOut.add(LeftOut.of(problem, field, json));
            switch (field) {
                case "at" -> at = Fields.text(json, field, Times::micros, problems);
                case "interval_ms" ->
                        intervalMillis =
                                Fields.whole(
                                        json,
                                        field,
                                        LEAST_INTERVAL_MILLIS,
                                        MOST_INTERVAL_MILLIS,
                                        problems);
                case "values" -> readValues(json, names, values);
                default -> json.skipChildren();
            }
        }
        if (at == null) {
            leftOut.add(
                    new LeftOut(
                            "'at' is missing; it is required, as a string",
                            "values",
                            Contents.values(names, values)));
            return null;
        }
        long millis = intervalMillis == null ? USUAL_INTERVAL_MILLIS : intervalMillis;
        return names.isEmpty()
                ? null
                : new MetricSample(
                        at,
                        millis * 1_000,
                        List.copyOf(names),
                        Arrays.copyOf(values, names.size()));
    }

    private void readValues(JsonParser json, Set<String> names, double[] values)
            throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            leftOut.add(LeftOut.of("'values' is an object of names and numbers", "values", json));
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            double value = token.isNumeric() ? json.getDoubleValue() : Double.NaN;
            if (!token.isNumeric() || !Double.isFinite(value)) {
                leaveOut(json, name, "give a finite number");
                json.skipChildren();
            } else if (names.size() == MOST_VALUES) {
                leaveOut(json, name, "there are more than " + MOST_VALUES + " values");
            } else if (isName(json, name)) {
                values[names.size()] = value;
                if (!names.add(name)) {
                    leaveOut(json, name, "it is there twice, the first one counts");
                }
            }
        }
    }

    private boolean isName(JsonParser json, String name) throws IOException {
        try {
            MetricName.check(name);
            return true;
        } catch (IllegalArgumentException e) {
            leaveOut(json, name, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void leaveOut(JsonParser json, String name, String what) throws IOException {
        String shown =
                name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
        leftOut.add(LeftOut.of("'" + shown + "': " + what, name, json));
    }
}
