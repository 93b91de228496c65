package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;
import org.pingrecorder.wire.Problem;

/** Answers bodies that are not packed as their {@code Content-Encoding} says. */
@Singleton
final class PackedBodyFaults
        implements ExceptionHandler<DecompressionException, HttpResponse<Problem>> {

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<Problem> handle(HttpRequest request, DecompressionException exception) {
        return Problems.response(
                HttpStatus.BAD_REQUEST,
                "body",
                "The body is not what its Content-Encoding says; send it so, or leave"
                        + " Content-Encoding out.");
    }
}
