package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.wire.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a database that is away or full, and will be back, from a fault of our own. */
@Singleton
final class DatabaseFaults implements ExceptionHandler<DatabaseException, HttpResponse<Problem>> {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFaults.class);

    private static final long LOG_PAUSE_MILLIS = 10_000;

    private final InstantSource clock;
    private final LongAdder unsaid = new LongAdder();
    private final AtomicLong nextLineMillis = new AtomicLong();

    DatabaseFaults(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<Problem> handle(HttpRequest request, DatabaseException exception) {
        if (exception.isTooLong() && request.getMethod() == HttpMethod.GET) {
            return Problems.response(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    null,
                    "This took the database too long; ask for a shorter window, fewer ips or fewer"
                            + " clients.");
        }
        if (!exception.isPassing()) {
            LOG.error("{} {} failed", request.getMethodName(), request.getPath(), exception);
            return Problems.response(HttpStatus.INTERNAL_SERVER_ERROR, null, Problems.OUR_FAULT);
        }
        log(request, exception);
        return Problems.response(
                HttpStatus.SERVICE_UNAVAILABLE,
                null,
                exception.isOutcomeUnknown()
                        ? "The database went away while it stored this; look whether it did before"
                                + " sending the same again."
                        : "The database is away or cannot write now; nothing was stored. Send the"
                                + " same again later.");
    }

    /** One line for all calls that fail in ten seconds: an outage must not fill the disk. */
    private void log(HttpRequest<?> request, DatabaseException exception) {
        unsaid.increment();
        long now = clock.millis();
        long due = nextLineMillis.get();
        if (now >= due && nextLineMillis.compareAndSet(due, now + LOG_PAUSE_MILLIS)) {
            LOG.warn(
                    "{} call(s) failed at the database, the latest {} {}: {}",
                    unsaid.sumThenReset(),
                    request.getMethodName(),
                    request.getPath(),
                    exception.getMessage());
        }
    }
}
