package org.pingrecorder.recorder.control;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.FromRecorder;

/** The messages as they are on the wire. Thread-safe. */
@Singleton
final class Messages {

    private static final Argument<FromClient> FROM_CLIENT = Argument.of(FromClient.class);
    private static final Argument<FromRecorder> FROM_RECORDER = Argument.of(FromRecorder.class);
    private static final int SHOWN_CHARS = 200;

    private final ObjectMapper mapper;

    Messages(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Reads what a client sent.
     *
     * @throws IllegalArgumentException with a sentence for its people
     */
    FromClient read(String text) {
        try {
            FromClient message = mapper.readValue(text, FROM_CLIENT);
            String missing = message == null ? "message" : Missing.in((Record) message);
            if (message != null && missing == null) {
                return message;
            }
            throw new IllegalArgumentException("'" + missing + "' is missing or null; send it.");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The recorder cannot read the message "
                            + shortened(text)
                            + " ("
                            + shortened(String.valueOf(e.getMessage()))
                            + "); run a client of the recorder's version.",
                    e);
        }
    }

    String write(FromRecorder message) {
        try {
            return mapper.writeValueAsString(FROM_RECORDER, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // to memory: only a defect of ours
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
    }
}
