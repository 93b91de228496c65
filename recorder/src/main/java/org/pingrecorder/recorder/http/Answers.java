package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.pingrecorder.recorder.database.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long answers and pages of them. Each one that is under way holds a connection to the database, so
 * there are fewer of them at a time than connections: callers that read slowly, or that were
 * forgotten, keep no ping from being stored. Further ones wait a little, in their order: a page of
 * the dashboard asks for several at once. Thread-safe.
 */
@Singleton
public final class Answers {

    /** Of the ten connections that {@code application.yml} gives the pool. */
    static final int MOST_AT_ONCE = 6;

    /** A call waits so long for others to end. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A stream that nobody reads for so long is ended. */
    static final Duration FORGOTTEN = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final InstantSource clock;
    private final Duration patience;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);
    private final Set<RowStream<?>> streams = ConcurrentHashMap.newKeySet();

    @Inject
    Answers(InstantSource clock) {
        this(clock, PATIENCE);
    }

    Answers(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Streams rows; they are closed when the caller has them all or hangs up.
     *
     * @throws Fault 429 when too many streams are under way for too long
     */
    public <T> MutableHttpResponse<InputStream> stream(
            HttpRequest<?> request, Rows<T> rows, RowEncoder<T> encoder, Format format) {
        return page(request, () -> Page.all(rows), encoder, format, Map.of());
    }

    /**
     * Streams a page, and says in its {@code Link} header where the rest begins (RFC 8288). The
     * first of its rows are read before there is a status, so that what the database says of them
     * is told by one.
     *
     * @param open begins to read, when there is room for one more answer
     * @param settled parameters that the next page needs as they were taken for this one, such as
     *     the window that ended now
     * @throws Fault 429 when too many streams are under way for too long
     */
    public <T> MutableHttpResponse<InputStream> page(
            HttpRequest<?> request,
            Supplier<Page<T>> open,
            RowEncoder<T> encoder,
            Format format,
            Map<String, String> settled) {
        if (request.getMethod() == HttpMethod.HEAD) {
            return HttpResponse.<InputStream>ok().contentType(format.mediaType());
        }
        enter();
        Page<T> page;
        try {
            page = open.get();
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
        RowStream<T> stream = new RowStream<>(page.rows(), encoder, clock, this::leave);
        streams.add(stream);
        stream.start();
        InputStream body = stream;
        MutableHttpResponse<InputStream> response =
                HttpResponse.ok(body).contentType(format.mediaType());
        page.next().ifPresent(next -> response.header("Link", link(request, settled, next)));
        return response;
    }

    private static String link(HttpRequest<?> request, Map<String, String> settled, String cursor) {
        UriBuilder uri = UriBuilder.of(request.getUri());
        settled.forEach(uri::replaceQueryParam);
        uri.replaceQueryParam("cursor", cursor);
        return "<" + uri.build() + ">; rel=\"next\"";
    }

    private void enter() {
        if (places.availablePermits() == 0) {
            endForgotten();
        }
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Fault.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        MOST_AT_ONCE + " long answers are under way; ask again later.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.of(HttpStatus.SERVICE_UNAVAILABLE, "The recorder is stopping.");
        }
    }

    private void leave(RowStream<?> ended) {
        streams.remove(ended);
        places.release();
    }

    /** What they hold of the database would keep what was deleted since from being removed. */
    @Scheduled(fixedDelay = "15s")
    void endForgotten() {
        for (RowStream<?> stream : streams) {
            if (stream.isForgotten(clock.instant().minus(FORGOTTEN))) {
                LOG.info("A long answer that nobody read for {} was ended.", FORGOTTEN);
                stream.close();
            }
        }
    }
}
