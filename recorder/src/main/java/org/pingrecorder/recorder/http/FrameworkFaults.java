package org.pingrecorder.recorder.http;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.exceptions.UnsatisfiedBodyRouteException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pingrecorder.wire.Problem;

/** Puts the faults that Micronaut finds (no such path, wrong method or type) into our words. */
@Primary
@Singleton
final class FrameworkFaults implements ErrorResponseProcessor<Problem> {

    private static final String SEE = " See /swagger-ui for all calls.";

    private final BeanProvider<Router> router;

    FrameworkFaults(BeanProvider<Router> router) {
        this.router = router;
    }

    @Override
    public MutableHttpResponse<Problem> processResponse(
            ErrorContext context, MutableHttpResponse<?> response) {
        HttpStatus status = status(context, response);
        HttpRequest<?> request = context.getRequest();
        if (status == HttpStatus.UNSUPPORTED_MEDIA_TYPE) {
            NavigableSet<String> methods = methods(request);
            if (!methods.contains(request.getMethodName())) {
                // The type of a body is of no interest where no body is taken.
                status = HttpStatus.METHOD_NOT_ALLOWED;
                methods.forEach(method -> response.getHeaders().add(HttpHeaders.ALLOW, method));
            }
        }
        String field = isWithoutBody(context) ? "body" : null;
        return Problems.fill(
                response.status(status), status, field, detail(context, status, response));
    }

    /** Micronaut has one status for all that is too long, and the body is the least likely. */
    private static HttpStatus status(ErrorContext context, MutableHttpResponse<?> response) {
        if (context.getRequest() instanceof NettyHttpRequest<?> request) {
            Throwable cause = request.getNativeRequest().decoderResult().cause();
            if (cause instanceof TooLongHttpLineException) {
                return HttpStatus.REQUEST_URI_TOO_LONG;
            }
            if (cause instanceof TooLongHttpHeaderException) {
                return HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            }
        }
        return HttpStatus.valueOf(response.code());
    }

    /** What is possible at a path. */
    private NavigableSet<String> methods(HttpRequest<?> request) {
        return router.get().findAny(request).stream()
                .map(match -> match.getRouteInfo().getHttpMethodName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isWithoutBody(ErrorContext context) {
        return context.getRootCause().orElse(null) instanceof UnsatisfiedBodyRouteException;
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
                    "Send the body as %s, and say so in Content-Type."
                            .formatted(isImport(context) ? "text/plain" : "application/json");
            case NOT_ACCEPTABLE ->
                    "This call cannot answer in the type that Accept asks for; leave Accept out for"
                            + " JSON."
                            + SEE;
            case REQUEST_ENTITY_TOO_LARGE ->
                    context.getRequest().getPath().startsWith("/record-pings/")
                            ? "The body is over the limit of 16 MB; send fewer batches at a time."
                            : context.getRequest().getPath().contains("/plan")
                                    ? "The body is over the limit of 16 MB."
                                    : JsonBody.TOO_LONG;
            case REQUEST_URI_TOO_LONG ->
                    "The path and query are too long; ask for less in one call, in several ones.";
            case REQUEST_HEADER_FIELDS_TOO_LARGE ->
                    "The headers are over the limit of 8 KB; leave out what the recorder need not"
                            + " know, such as cookies.";
            case INTERNAL_SERVER_ERROR -> Problems.OUR_FAULT;
            default -> messages(context, status);
        };
    }

    private static boolean isImport(ErrorContext context) {
        return context.getRequest().getPath().endsWith("/plan/import");
    }

    private static String messages(ErrorContext context, HttpStatus status) {
        if (isWithoutBody(context)) {
            return isImport(context)
                    ? "The body is empty; send the targets as text, an address or host name a line."
                    : "The body is empty; send a JSON object.";
        }
        String messages =
                context.getErrors().stream()
                        .map(Error::getMessage)
                        .collect(Collectors.joining(" "));
        return messages.isEmpty() ? status.getReason() : messages;
    }
}
