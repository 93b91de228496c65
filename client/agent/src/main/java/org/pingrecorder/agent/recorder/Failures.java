package org.pingrecorder.agent.recorder;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import io.micronaut.http.exceptions.HttpException;
import io.micronaut.serde.ObjectMapper;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Problem;
import reactor.core.Exceptions;

/** From what the HTTP client throws to what it means for a request. */
final class Failures {

    /**
     * What is wrong with the request itself. Every other refusal (of this client, by a proxy, of a
     * wrong path) is a fault on the way, which people mend without touching the request.
     */
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(400, 409, 413, 422);

    private static final int NOT_FOUND = 404;
    private static final int MOST_DETAIL_CHARS = 300;
    private static final long MOST_WAIT_SECONDS = 60;

    private Failures() {}

    /**
     * An answer with an error status.
     *
     * @return for a refusal that is final
     * @throws RecorderAwayException for one that is not
     */
    static RequestRefusedException answered(HttpClientResponseException e, ObjectMapper mapper)
            throws RecorderAwayException {
        int status = e.getStatus().getCode();
        String detail = detail(e.getResponse(), mapper);
        String said = "it answers " + status + (detail.isEmpty() ? "" : ": " + detail);
        if (status == NOT_FOUND) {
            said += "; it may be older than this client: update it, or mend its address";
        }
        if (ABOUT_THE_REQUEST.contains(status)) {
            return new RequestRefusedException(said);
        }
        throw RecorderAwayException.answered(said, retryAfter(e.getResponse()), e);
    }

    /**
     * No answer at all. The HTTP client reports this with exceptions of many kinds, and wraps an
     * interrupt of its caller too.
     *
     * @throws RuntimeException {@code e} itself, if it is about neither the network nor HTTP: a
     *     fault in this client must not pass for the recorder's absence
     */
    static RecorderAwayException unanswered(RuntimeException e) throws InterruptedException {
        if (Exceptions.unwrap(e) instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (!isOfTheWay(e)) {
            throw e;
        }
        String why = String.valueOf(e.getMessage());
        if (e instanceof ReadTimeoutException) {
            why = "no answer in time";
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                why = "its host name does not resolve";
            } else if (cause instanceof ConnectException) {
                why = String.valueOf(cause.getMessage());
            }
        }
        return RecorderAwayException.unanswered(why, e);
    }

    private static boolean isOfTheWay(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException
                    || cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof ChannelException
                    || cause instanceof CodecException) {
                return true;
            }
        }
        return false;
    }

    private static String detail(HttpResponse<?> response, ObjectMapper mapper) {
        String body = response.getBody(String.class).orElse("");
        String detail = body;
        try {
            Problem problem = mapper.readValue(body, Problem.class);
            if (problem != null) {
                detail = problem.detail();
            }
        } catch (IOException notAProblem) {
            detail = body;
        }
        String line = detail.replaceAll("\\s+", " ").strip();
        return line.length() <= MOST_DETAIL_CHARS ? line : line.substring(0, MOST_DETAIL_CHARS);
    }

    /** In seconds; the other form, a date, is rare and read as nothing. */
    private static Duration retryAfter(HttpResponse<?> response) {
        @Nullable String value = response.getHeaders().get("Retry-After");
        if (value == null || !value.matches("[0-9]{1,9}")) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Math.min(MOST_WAIT_SECONDS, Long.parseLong(value)));
    }
}
