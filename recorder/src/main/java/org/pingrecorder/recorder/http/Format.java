package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.util.Collection;
import java.util.Optional;

/** The forms in which a long answer can be had, by {@code format=} or by {@code Accept}. */
public enum Format {
    JSON(MediaType.APPLICATION_JSON),
    NDJSON("application/x-ndjson"),
    CSV(MediaType.TEXT_CSV);

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    MediaType mediaType() {
        return MediaType.of(mediaType);
    }

    /**
     * The format a call asks for; {@code format=} wins over {@code Accept}, JSON over the others.
     *
     * @throws Fault 400 for a format that does not exist, 406 for an {@code Accept} without any
     */
    public static Format of(HttpRequest<?> request, Query query) {
        Optional<String> named = query.text("format");
        if (named.isPresent()) {
            return switch (named.get()) {
                case "json" -> JSON;
                case "ndjson" -> NDJSON;
                case "csv" -> CSV;
                default -> throw Fault.badRequest("format", "'format' is json, ndjson or csv.");
            };
        }
        Collection<MediaType> accepted = request.accept();
        if (accepted.isEmpty()) {
            return JSON;
        }
        for (MediaType type : accepted) {
            for (Format format : values()) {
                if (type.matches(format.mediaType())) {
                    return format;
                }
            }
        }
        throw Fault.of(
                HttpStatus.NOT_ACCEPTABLE,
                "This call answers in application/json, application/x-ndjson or text/csv; ask for"
                        + " one of them in Accept.");
    }
}
