package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long answers and pages of them. Each one that is under way holds a connection to the database, so
 * there are fewer of them at a time than connections: callers that read slowly, or that were
 * forgotten, keep no ping from being stored. Thread-safe.
 */
@Singleton
public final class Answers {

    /** Of the ten connections that {@code application.yml} gives the pool. */
    static final int MOST_AT_ONCE = 6;

    /** A stream that nobody reads for so long makes room for the next. */
    static final Duration FORGOTTEN = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Set<RowStream<?>> open = ConcurrentHashMap.newKeySet();

    Answers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Streams rows; they are closed when the caller has them all or hangs up.
     *
     * @throws Fault 429 when too many streams are under way
     */
    public <T> MutableHttpResponse<InputStream> stream(
            HttpRequest<?> request, Rows<T> rows, RowEncoder<T> encoder, Format format) {
        if (request.getMethod() == HttpMethod.HEAD) {
            close(rows);
            return HttpResponse.<InputStream>ok().contentType(format.mediaType());
        }
        if (!places.tryAcquire()) {
            closeForgotten();
            if (!places.tryAcquire()) {
                close(rows);
                throw Fault.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        MOST_AT_ONCE + " long answers are under way; ask again later.");
            }
        }
        RowStream<T> stream =
                new RowStream<>(
                        rows,
                        encoder,
                        clock,
                        ended -> {
                            open.remove(ended);
                            places.release();
                        });
        open.add(stream);
        InputStream body = stream;
        return HttpResponse.ok(body).contentType(format.mediaType());
    }

    /**
     * Streams a page, and says in its {@code Link} header where the rest begins (RFC 8288).
     *
     * @param settled parameters that the next page needs as they were taken for this one, such as
     *     the window that ended now
     */
    public <T> MutableHttpResponse<InputStream> page(
            HttpRequest<?> request,
            Page<T> page,
            RowEncoder<T> encoder,
            Format format,
            Map<String, String> settled) {
        MutableHttpResponse<InputStream> response = stream(request, page.rows(), encoder, format);
        page.next()
                .ifPresent(
                        next -> {
                            UriBuilder uri = UriBuilder.of(request.getUri());
                            settled.forEach(uri::replaceQueryParam);
                            uri.replaceQueryParam("cursor", next);
                            response.header("Link", "<" + uri.build() + ">; rel=\"next\"");
                        });
        return response;
    }

    private void closeForgotten() {
        for (RowStream<?> stream : open) {
            if (stream.isForgotten(clock.instant().minus(FORGOTTEN))) {
                LOG.info("A long answer that nobody read for {} was ended.", FORGOTTEN);
                stream.close();
            }
        }
    }

    private static void close(Rows<?> rows) {
        try {
            rows.close();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
