package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.pingrecorder.wire.Problem;

/** Answers faults that our own code found. */
@Singleton
final class FaultHandler implements ExceptionHandler<Fault, HttpResponse<Problem>> {

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<Problem> handle(HttpRequest request, Fault fault) {
        return Problems.response(fault.status(), fault.field(), fault.detail());
    }
}
