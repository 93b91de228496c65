package org.pingrecorder.recorder.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.exceptions.UnsatisfiedBodyRouteException;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.pingrecorder.wire.Problem;

/** Puts the faults that Micronaut finds (no such path, wrong method or type) into our words. */
@Primary
@Singleton
final class FrameworkFaults implements ErrorResponseProcessor<Problem> {

    private static final String SEE = " See /swagger-ui for all calls.";

    @Override
    public MutableHttpResponse<Problem> processResponse(
            ErrorContext context, MutableHttpResponse<?> response) {
        HttpStatus status = HttpStatus.valueOf(response.code());
        return Problems.fill(response, status, null, detail(context, status, response));
    }

    private static String detail(
            ErrorContext context, HttpStatus status, MutableHttpResponse<?> response) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at " + context.getRequest().getPath() + "." + SEE;
            case METHOD_NOT_ALLOWED ->
                    context.getRequest().getMethodName()
                            + " is not possible here; use "
                            + String.join(" or ", response.getHeaders().getAll("Allow"))
                            + "."
                            + SEE;
            case UNSUPPORTED_MEDIA_TYPE ->
                    "Send the body as application/json, and say so in Content-Type.";
            case NOT_ACCEPTABLE ->
                    "This call cannot answer in the type that Accept asks for; leave Accept out for"
                            + " JSON."
                            + SEE;
            case REQUEST_ENTITY_TOO_LARGE ->
                    "The body is over the limit of 1 MB; send it in several smaller ones.";
            case INTERNAL_SERVER_ERROR ->
                    "The recorder met a fault of its own; its log says more. Nothing was stored.";
            default -> messages(context, status);
        };
    }

    private static String messages(ErrorContext context, HttpStatus status) {
        if (context.getRootCause().orElse(null) instanceof UnsatisfiedBodyRouteException) {
            return "The body is empty; send a JSON object.";
        }
        String messages =
                context.getErrors().stream()
                        .map(Error::getMessage)
                        .collect(Collectors.joining(" "));
        return messages.isEmpty() ? status.getReason() : messages;
    }
}
