package org.pingrecorder.recorder.tasks;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.control.Sessions;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that another recorder was asked for, at clients that are connected here. What clients say
 * waits in a bounded queue for the database; while that is full their messages are not taken.
 * Thread-safe.
 */
@Singleton
final class Errands implements Announcements.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

    /** How often it looks though nothing was announced. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** Of 256 KiB each at most. */
    private static final int MOST_WAITING = 100;

    private static final Argument<FromClient> FROM_CLIENT = Argument.of(FromClient.class);

    private final TaskStore store;
    private final Sessions sessions;
    private final Announcements announcements;
    private final ObjectMapper mapper;
    private final Set<TaskStore.Place> held = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<TaskStore.Result> results = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Background taking = new Background("task-errands", EVERY, this::turn);
    private final Thread putting = Thread.ofVirtual().name("task-results").unstarted(this::putOn);

    Errands(TaskStore store, Sessions sessions, Announcements announcements, ObjectMapper mapper) {
        this.store = store;
        this.sessions = sessions;
        this.announcements = announcements;
        this.mapper = mapper;
    }

    @PostConstruct
    void start() {
        announcements.listen(TaskStore.TASK_TOPIC, this);
        taking.start();
        putting.start();
    }

    @Override
    public void announced(Set<String> tasks) {
        taking.ask();
    }

    @Override
    public void anythingMayHaveChanged() {
        taking.ask();
    }

    private void turn() {
        store.sweep();
        for (TaskStore.Order order : store.take()) {
            TaskStore.Place place = new TaskStore.Place(order.task().task(), order.client());
            held.add(place);
            if (!sessions.send(order.client(), order.task())) {
                lost(place);
            }
        }
        if (!held.isEmpty()) {
            Set<TaskStore.Place> wanted = new HashSet<>(store.held());
            List<TaskStore.Place> unwanted =
                    held.stream().filter(place -> !wanted.contains(place)).toList();
            for (TaskStore.Place place : unwanted) {
                held.remove(place);
                sessions.send(place.client(), new Cancel(place.task()));
            }
        }
    }

    /** A client that is connected here says what became of pings. */
    void result(String client, TaskResult result) {
        TaskStore.Place place = new TaskStore.Place(result.task(), client);
        if (held.contains(place)) {
            put(place, result);
            if (result.isLast()) {
                held.remove(place);
            }
        }
    }

    /** A client is not connected here any more. */
    void gone(String client) {
        held.stream().filter(place -> place.client().equals(client)).forEach(this::lost);
    }

    private void lost(TaskStore.Place place) {
        if (held.remove(place)) {
            put(place, null);
        }
    }

    private void put(TaskStore.Place place, @Nullable TaskResult result) {
        try {
            String json = result == null ? null : mapper.writeValueAsString(FROM_CLIENT, result);
            results.put(new TaskStore.Result(place.task(), place.client(), json));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // to memory: only a defect of ours
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void putOn() {
        List<TaskStore.Result> next = new ArrayList<>();
        try {
            while (true) {
                if (next.isEmpty()) {
                    next.add(results.take());
                    results.drainTo(next);
                }
                try {
                    store.put(next);
                    Set<String> tasks =
                            next.stream()
                                    .map(TaskStore.Result::task)
                                    .collect(Collectors.toCollection(LinkedHashSet::new));
                    next.clear();
                    announcements.announce(TaskStore.RESULT_TOPIC, tasks);
                } catch (DatabaseException e) {
                    if (e.isPassing()) {
                        LOG.debug("Results of tasks cannot be handed over now.", e);
                        Thread.sleep(PAUSE_AFTER_FAILURE);
                    } else {
                        giveUp(next, e);
                    }
                } catch (RuntimeException | OutOfMemoryError e) { // the thread must go on
                    giveUp(next, e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Results of tasks are handed over no longer.", e);
        }
    }

    /** Else no later result would ever be handed over, and their clients' messages not taken. */
    private static void giveUp(List<TaskStore.Result> results, Throwable why) {
        LOG.error("{} results of tasks cannot be handed over, and are lost.", results.size(), why);
        results.clear();
    }

    @PreDestroy
    void stop() {
        taking.close();
        putting.interrupt();
    }
}
