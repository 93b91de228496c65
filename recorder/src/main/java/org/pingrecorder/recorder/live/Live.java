package org.pingrecorder.recorder.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpStatus;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.LastingAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who listen, and the thread that tells them: ten times a second it takes what was stored,
 * makes events of it, and has them sent. It rests while nobody listens. Thread-safe.
 */
@Context
final class Live implements LastingAnswers {

    static final int MOST_LISTENERS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);

    private static final long CYCLE_MILLIS = 100;
    private static final int REST_PER_WORK = 2;
    private static final long RETRY_MILLIS = 1_000;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A listener that takes nothing for so long is gone, whatever its connection says. */
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Duration BEGIN_LIMIT = Duration.ofSeconds(15);

    private final News news;
    private final Buffered buffered = new Buffered();
    private final Thread thread = Thread.ofPlatform().name("live").daemon().unstarted(this::run);

    /** Of whoever holds this object's monitor. */
    private final Set<Listener> listeners = new LinkedHashSet<>();

    /** Done when what is stored from then on is told to those who came until then. */
    private CompletableFuture<Void> ready = new CompletableFuture<>();

    private boolean stopping;
    private volatile Audience audience = Audience.NONE;
    private long heartbeatNanos;
    private boolean failing;

    Live(News news, MeterRegistry metrics) {
        this.news = news;
        Gauge.builder(
                        "ping_recorder.live.listeners",
                        this,
                        live -> live.audience.listeners().size())
                .description("Listeners of /live and /live/ws at this recorder")
                .register(metrics);
        Gauge.builder("ping_recorder.live.buffer.bytes", buffered, Buffered::bytes)
                .description("What waits to be sent to listeners, in bytes")
                .register(metrics);
        FunctionCounter.builder("ping_recorder.live.dropped", buffered, Buffered::dropped)
                .description("Events that slow listeners of /live lost")
                .register(metrics);
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    /**
     * Begins to listen.
     *
     * @throws Fault 429 when there are too many listeners
     */
    Listener open(LiveFilter filter) {
        Listener listener = new Listener(filter, buffered, System.nanoTime());
        synchronized (this) {
            checkPlace();
            listeners.add(listener);
            audience = new Audience(listeners);
            notifyAll();
        }
        return listener;
    }

    /**
     * Lets a request turn back before it costs anything.
     *
     * @throws Fault 429 when there are too many listeners
     */
    synchronized void checkPlace() {
        if (listeners.size() >= MOST_LISTENERS) {
            throw Fault.of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    MOST_LISTENERS + " listeners are there already; come again later.");
        }
        if (stopping) {
            throw Fault.of(HttpStatus.SERVICE_UNAVAILABLE, "The recorder is stopping.");
        }
    }

    /**
     * Waits until whatever is stored from then on is told to a listener, and gives it a heartbeat
     * to say so.
     *
     * @return the listener; fails if that cannot be soon, and the listener is closed then
     */
    CompletionStage<Listener> begin(Listener listener) {
        CompletableFuture<Void> begun;
        synchronized (this) {
            begun = ready.copy();
        }
        return begun.orTimeout(BEGIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (done, fault) -> {
                            if (fault != null) {
                                close(listener);
                                throw Fault.of(
                                        HttpStatus.SERVICE_UNAVAILABLE,
                                        "The database does not answer; listen again later.");
                            }
                            listener.offer(EventJson.heartbeat(news.nowMicros()));
                            listener.wake();
                            return listener;
                        });
    }

    /** Ends listening; idempotent. */
    void close(Listener listener) {
        synchronized (this) {
            if (listeners.remove(listener)) {
                audience = new Audience(listeners);
            }
        }
        listener.close();
    }

    private void run() {
        try {
            while (awaitListener()) {
                try {
                    listen();
                } catch (SQLException | RuntimeException | Error e) { // the thread must go on
                    fail(e);
                } finally {
                    news.close();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The live stream was interrupted.", e);
        }
    }

    private synchronized boolean awaitListener() throws InterruptedException {
        while (listeners.isEmpty() && !stopping) {
            wait();
        }
        return !stopping;
    }

    /** Tells them until the last one has left. */
    private void listen() throws SQLException, InterruptedException {
        try {
            news.open();
        } catch (SQLException | RuntimeException | Error e) {
            nextReady().completeExceptionally(e);
            throw e;
        }
        heartbeatNanos = System.nanoTime() + HEARTBEAT_NANOS;
        while (!isOver()) {
            long start = System.nanoTime();
            cycle();
            long workMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            // Where there is too much to tell, it is pings that are stored which must not wait.
            Thread.sleep(Math.max(CYCLE_MILLIS, REST_PER_WORK * workMillis));
        }
    }

    private synchronized boolean isOver() {
        if (!listeners.isEmpty() && !stopping) {
            return false;
        }
        var _ = nextReady();
        return true;
    }

    /** What those wait for who came until now. */
    private synchronized CompletableFuture<Void> nextReady() {
        CompletableFuture<Void> last = ready;
        ready = new CompletableFuture<>();
        return last;
    }

    private void cycle() throws InterruptedException {
        Audience now;
        CompletableFuture<Void> begun;
        synchronized (this) {
            now = audience;
            begun = nextReady();
        }
        // They are in the audience of all that is looked for from here on; not in that of before.
        begun.complete(null);
        try {
            news.tell(now);
            if (failing) {
                failing = false;
                LOG.info("The live stream goes on.");
            }
        } catch (SQLException | RuntimeException | Error e) {
            fail(e);
        }
        if (System.nanoTime() - heartbeatNanos >= 0) {
            heartbeatNanos = System.nanoTime() + HEARTBEAT_NANOS;
            now.offer(EventJson.heartbeat(news.nowMicros()));
            endForgotten(now.listeners());
        }
        now.listeners().forEach(Listener::wake);
    }

    private void endForgotten(List<Listener> all) {
        long since = System.nanoTime() - FORGOTTEN_NANOS;
        for (Listener listener : all) {
            if (listener.isForgotten(since)) {
                close(listener);
                listener.end();
            }
        }
    }

    private void fail(Throwable fault) throws InterruptedException {
        if (!failing) {
            LOG.warn("What was stored cannot be told to listeners; that is tried again.", fault);
        }
        failing = true;
        Thread.sleep(RETRY_MILLIS);
    }

    @Override
    public void end() {
        List<Listener> last;
        synchronized (this) {
            stopping = true;
            last = List.copyOf(listeners);
            notifyAll();
        }
        last.forEach(Listener::end);
    }

    @PreDestroy
    void stop() throws InterruptedException {
        end();
        thread.join(Duration.ofSeconds(5));
    }
}
