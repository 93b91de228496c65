package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of {@code gaps} or {@code running} as it was sent, and what is wrong with it. */
final class Span {

    static final List<String> REASONS = List.of("dropped", "paused", "stopped", "not_running");

    @Nullable String ip;
    @Nullable String family;
    @Nullable Long from;
    @Nullable Long to;
    @Nullable String reason;
    @Nullable Long intervalMicros;

    /** The first that was found. */
    @Nullable String problem;

    private Span() {}

    /** Reads the one that the parser stands on; it then stands on its end. */
    static Span read(JsonParser json) throws IOException {
        Span span = new Span();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            span.refuse("an entry is an object");
            json.skipChildren();
            return span;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "ip" -> span.ip = Fields.text(json, field, text -> text, span::refuse);
                case "family" -> span.family = Fields.text(json, field, text -> text, span::refuse);
                case "from" -> span.from = Fields.text(json, field, Times::micros, span::refuse);
                case "to" -> span.to = Fields.text(json, field, Times::micros, span::refuse);
                case "reason" -> span.reason = Fields.text(json, field, Span::reason, span::refuse);
                case "interval_ms" ->
                        span.intervalMicros = Fields.intervalMicros(json, span::refuse);
                default -> json.skipChildren();
            }
        }
        if (span.from == null) {
            span.refuse("'from' is missing; it is required, as a string");
        }
        return span;
    }

    void refuse(String found) {
        if (problem == null) {
            problem = found;
        }
    }

    private static String reason(String text) {
        if (REASONS.contains(text)) {
            return text;
        }
        throw new IllegalArgumentException("is one of " + REASONS);
    }

    /** What could be read of it. */
    String content() {
        return Contents.span(
                ip, family, from, to, reason, intervalMicros == null ? 0 : intervalMicros);
    }
}
