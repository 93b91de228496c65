package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.TargetsText;

/**
 * Reads one series from JSON into a {@link SeriesDraft}. What is wrong with one ping refuses that
 * ping; what is wrong with all of them refuses the series; a wrong extra is left out and told in
 * {@link #leftOut}. One instance reads many, one after the other.
 */
final class SeriesReader {

    /** In a batch. */
    static final int MOST_PINGS = 100_000;

    private static final int LONGEST_CAUSE_CHARS = 200;
    private static final int LONGEST_FROM_CHARS = 64;
    private static final int LONGEST_SHOWN_CHARS = 100;

    /** More in one series is a program's mistake, and would fill the list of refusals. */
    private static final int MOST_LEFT_OUT = 20;

    private final SeriesDraft draft = new SeriesDraft();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    SeriesDraft draft() {
        return draft;
    }

    /** Extras that were wrong, which the pings are stored without. */
    List<LeftOut> leftOut() {
        return leftOut;
    }

    private void leaveOut(LeftOut extra) {
        if (leftOut.size() < MOST_LEFT_OUT) {
            leftOut.add(extra);
        }
    }

    private void leaveOut(String problem, String field, JsonParser json) throws IOException {
        leaveOut(LeftOut.of(problem, field, json));
    }

    private Fields.Problems extra(String field, JsonParser json) {
        return problem -> leaveOut(problem, field, json);
    }

    /** Reads the series that the parser stands on; it then stands on its end. */
    void read(JsonParser json, int pingsBefore) throws IOException {
        draft.clear();
        leftOut.clear();
        seen.clear();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            draft.refuse("a series is an object, such as {\"ip\":\"192.0.2.7\",…}");
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            if (seen.add(field)) {
                readField(json, field, pingsBefore);
            } else {
                draft.refuse("'" + shown(field) + "' is there twice; give it once");
                json.skipChildren();
            }
        }
        check();
    }

    private void readField(JsonParser json, String field, int pingsBefore) throws IOException {
        switch (field) {
            case "ip" -> draft.ip = Fields.text(json, field, text -> text, draft::refuse);
            case "family" -> draft.family = Fields.text(json, field, text -> text, draft::refuse);
            case "start" ->
                    draft.startMicros = Fields.text(json, field, Times::micros, draft::refuse);
            case "interval_ms" -> {
                Long micros = Fields.intervalMicros(json, draft::refuse);
                draft.intervalMicros = micros == null ? 0 : micros;
            }
            case "latency_ms" -> readLatencies(json, pingsBefore);
            case "name" -> {
                String name = Fields.text(json, field, SeriesReader::name, extra(field, json));
                draft.name = name == null || name.isEmpty() ? null : name;
            }
            case "address" ->
                    draft.address =
                            Fields.text(json, field, SeriesReader::address, extra(field, json));
            case "ttl" -> {
                Long ttl = Fields.whole(json, field, 0, 255, extra(field, json));
                draft.ttl = ttl == null ? -1 : ttl.intValue();
            }
            case "outcomes" -> readByIndex(json, field, this::readOutcome);
            case "ttls" -> readByIndex(json, field, this::readTtl);
            case "duplicates" -> readByIndex(json, field, this::readDuplicates);
            case "slip_us" -> readByIndex(json, field, this::readSlip);
            case "cut_off" -> readCutOff(json);
            default -> json.skipChildren();
        }
    }

    /** Blank is no name. */
    private static String name(String text) {
        return text.isBlank() ? "" : TargetsText.checkName(text);
    }

    private static String address(String text) {
        return Address.parse(text).text();
    }

    private void readLatencies(JsonParser json, int pingsBefore) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            draft.refuse("'latency_ms' is an array of numbers and nulls");
            json.skipChildren();
            return;
        }
        JsonToken token = json.nextToken();
        for (; token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (pingsBefore + draft.count == MOST_PINGS) {
                throw Fault.of(
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                        "A batch holds at most " + MOST_PINGS + " pings; seal smaller batches.");
            }
            switch (token) {
                case VALUE_NULL -> draft.add(SeriesDraft.NO_LATENCY);
                case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
                    int micros =
                            Latency.micros(
                                    json.getTextCharacters(),
                                    json.getTextOffset(),
                                    json.getTextLength());
                    if (micros == Latency.INVALID) {
                        refuseLatency(json);
                    }
                    draft.add(micros);
                }
                default -> {
                    refuseLatency(json);
                    draft.add(Latency.INVALID);
                    json.skipChildren();
                }
            }
        }
    }

    private void refuseLatency(JsonParser json) throws IOException {
        draft.refuse(
                draft.count,
                "its latency "
                        + shown(json.getText())
                        + " is neither milliseconds from 0 to "
                        + Latency.LONGEST_MILLIS
                        + " nor null");
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN_CHARS
                ? text
                : text.substring(0, LONGEST_SHOWN_CHARS - 1) + "…";
    }

    @FunctionalInterface
    private interface IndexedReader {
        void read(JsonParser json, int index) throws IOException;
    }

    /** An object with indices of pings as names. */
    private void readByIndex(JsonParser json, String field, IndexedReader reader)
            throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                leaveOut("'" + field + "' is an object by index, such as {\"1\":…}", field, json);
                json.skipChildren();
            }
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            int index = index(name);
            json.nextToken();
            if (index < 0) {
                leaveOut("'" + field + "' names an index that is none", field + "." + name, json);
                json.skipChildren();
            } else {
                reader.read(json, index);
            }
        }
    }

    private static int index(String text) {
        int index = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            index = index * 10 + digit;
            if (digit < 0 || digit > 9 || index >= MOST_PINGS) {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : index;
    }

    /** Only a wrong outcome refuses the ping: a loss counts whatever else is told of it. */
    private void readOutcome(JsonParser json, int index) throws IOException {
        Fields.Problems problems = problem -> draft.refuse(index, problem);
        if (json.currentToken() != JsonToken.START_OBJECT) {
            problems.add("its entry in 'outcomes' is an object with 'outcome'");
            json.skipChildren();
            return;
        }
        Outcome outcome = null;
        Long type = null;
        Long code = null;
        String from = null;
        String text = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            Fields.Problems extras = extraOf(index, field, json);
            switch (field) {
                case "outcome" ->
                        outcome = Fields.text(json, field, SeriesReader::outcome, problems);
                case "type" -> type = Fields.whole(json, field, 0, 255, extras);
                case "code" -> code = Fields.whole(json, field, 0, 255, extras);
                case "from" -> from = Fields.text(json, field, SeriesReader::from, extras);
                case "cause" -> text = Fields.text(json, field, SeriesReader::cause, extras);
                default -> json.skipChildren();
            }
        }
        if (outcome == null) {
            problems.add("its entry in 'outcomes' has no 'outcome'");
        }
        SeriesDraft.Special special = draft.special(index);
        special.outcome = outcome;
        String router = from == null || from.isEmpty() ? null : from;
        if (type != null || code != null || router != null || text != null) {
            special.cause = new Cause(number(type), number(code), router, text);
        }
    }

    private static int number(@Nullable Long value) {
        return value == null ? -1 : value.intValue();
    }

    private static Outcome outcome(String text) {
        return Outcome.ofText(text)
                .orElseThrow(() -> new IllegalArgumentException("is one of " + Outcome.texts()));
    }

    /** Any address, be it one that nobody could ping; the unspecified one is none. */
    private static String from(String text) {
        if (text.length() > LONGEST_FROM_CHARS) {
            throw new IllegalArgumentException(
                    "is an address of up to " + LONGEST_FROM_CHARS + " characters");
        }
        String address = Address.literal(text);
        return address.equals("0.0.0.0") || address.equals("::") ? "" : address;
    }

    private static String cause(String text) {
        if (text.length() > LONGEST_CAUSE_CHARS) {
            throw new IllegalArgumentException("has up to " + LONGEST_CAUSE_CHARS + " characters");
        }
        return text;
    }

    private Fields.Problems extraOf(int index, String field, JsonParser json) {
        return problem -> leaveOut("of the ping at " + index + ": " + problem, field, json);
    }

    private void readTtl(JsonParser json, int index) throws IOException {
        Long ttl = Fields.whole(json, "ttls", 0, 255, extraOf(index, "ttls", json));
        if (ttl != null) {
            draft.ttls.put(index, ttl.intValue());
        }
    }

    private void readDuplicates(JsonParser json, int index) throws IOException {
        Long duplicates =
                Fields.whole(
                        json,
                        "duplicates",
                        1,
                        Integer.MAX_VALUE,
                        extraOf(index, "duplicates", json));
        if (duplicates != null) {
            draft.special(index).duplicates = duplicates.intValue();
        }
    }

    private void readSlip(JsonParser json, int index) throws IOException {
        Long slip =
                Fields.whole(
                        json,
                        "slip_us",
                        -Integer.MAX_VALUE,
                        Integer.MAX_VALUE,
                        extraOf(index, "slip_us", json));
        if (slip != null) {
            draft.special(index).slipMicros = slip.intValue();
        }
    }

    private void readCutOff(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                leaveOut("'cut_off' is an array of ranges, such as [[1,3]]", "cut_off", json);
                json.skipChildren();
            }
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (!readRange(json)) {
                leaveOut("'cut_off' has ranges [from,to) with 0 <= from < to", "cut_off", json);
            }
        }
    }

    /** Reads all of it, also where it is none. */
    private boolean readRange(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return false;
        }
        List<Long> bounds = new ArrayList<>(2);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Long bound = Fields.whole(json, "cut_off", 0, MOST_PINGS, p -> {});
            json.skipChildren();
            if (bounds.size() <= 2) {
                bounds.add(bound == null ? -1 : bound);
            }
        }
        if (bounds.size() != 2 || bounds.get(0) < 0 || bounds.get(0) >= bounds.get(1)) {
            return false;
        }
        draft.cutOff.set(bounds.get(0).intValue(), bounds.get(1).intValue());
        return true;
    }

    private void check() {
        if (draft.ip == null) {
            draft.refuse("'ip' is missing; it is required, as a string");
        }
        if (draft.startMicros == null) {
            draft.refuse("'start' is missing; it is required, as a string");
        }
        if (draft.count == 0) {
            draft.refuse("'latency_ms' is missing or empty; give one number or null for each ping");
        }
        if (draft.count > 1 && draft.intervalMicros == 0) {
            draft.refuse("'interval_ms' is missing; it is required for more than one ping");
        }
        // Whatever names a ping that is not there belongs to no ping.
        SortedMap<Integer, SeriesDraft.Special> beyond = draft.specials.tailMap(draft.count);
        if (!beyond.isEmpty()) {
            leaveOut(
                    new LeftOut(
                            "'outcomes', 'duplicates' or 'slip_us' name a ping that is not there",
                            "index",
                            String.valueOf(beyond.firstKey())));
            beyond.clear();
        }
    }
}
