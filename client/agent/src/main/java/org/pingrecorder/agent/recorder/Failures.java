package org.pingrecorder.agent.recorder;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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

    private static final Set<Integer> ABOUT_THE_BODY = Set.of(413, 422);
    private static final int BAD_REQUEST = 400;
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
        Problem problem = problem(e.getResponse(), mapper);
        String detail = detail(e.getResponse(), problem);
        String said = "it answers " + status + (detail.isEmpty() ? "" : ": " + detail);
        if (status == NOT_FOUND) {
            said += "; it may be older than this client: update it, or mend its address";
        }
        if (problem != null && isAboutTheBody(status, problem)) {
            return new RequestRefusedException(said, problem.field());
        }
        throw RecorderAwayException.answered(said, retryAfter(e.getResponse()), e);
    }

    /**
     * Whether a recorder itself finds fault with what was sent. Every other refusal (of this
     * client, by a proxy or firewall, of a wrong path) is a fault on the way, which people mend
     * without touching the request.
     */
    private static boolean isAboutTheBody(int status, Problem problem) {
        String field = problem.field();
        return problem.status() == status
                && (ABOUT_THE_BODY.contains(status)
                        || (status == BAD_REQUEST
                                && field != null
                                && (field.equals("body") || field.startsWith("["))));
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

    private static @Nullable Problem problem(HttpResponse<?> response, ObjectMapper mapper) {
        String type = response.getContentType().map(MediaType::getName).orElse("");
        if (!type.equalsIgnoreCase(Problem.MEDIA_TYPE)) {
            return null;
        }
        try {
            return mapper.readValue(response.getBody(String.class).orElse(""), Problem.class);
        } catch (IOException notAProblem) {
            return null;
        }
    }

    private static String detail(HttpResponse<?> response, @Nullable Problem problem) {
        String detail =
                problem == null ? response.getBody(String.class).orElse("") : problem.detail();
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
