package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Problem;

/** Writes errors as RFC 9457 has them. */
final class Problems {

    /** What a 500 says, whoever finds the fault. */
    static final String OUR_FAULT =
            "The recorder met a fault of its own; its log says more. Nothing was stored.";

    private static final String RETRY_SECONDS = "5";

    private Problems() {}

    static MutableHttpResponse<Problem> response(
            HttpStatus status, @Nullable String field, String detail) {
        return fill(HttpResponse.status(status), status, field, detail);
    }

    /** Fills a response that the framework has begun, keeping headers such as {@code Allow}. */
    static MutableHttpResponse<Problem> fill(
            MutableHttpResponse<?> response,
            HttpStatus status,
            @Nullable String field,
            String detail) {
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            response.header("Retry-After", RETRY_SECONDS);
        }
        return response.body(new Problem(status.getReason(), status.getCode(), detail, field))
                .contentType(Problem.MEDIA_TYPE);
    }
}
