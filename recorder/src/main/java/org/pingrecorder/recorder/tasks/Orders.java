package org.pingrecorder.recorder.tasks;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks that this recorder was asked for, at clients of other recorders. Thread-safe. */
@Singleton
final class Orders implements Announcements.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    /** How often it looks though nothing was announced. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Results in memory, of 256 KiB each at most. */
    private static final int MOST_TOGETHER = 100;

    private static final Argument<FromClient> FROM_CLIENT = Argument.of(FromClient.class);

    private final TaskStore store;
    private final Announcements announcements;
    private final ObjectMapper mapper;
    private final Map<String, PingTask> waiting = new ConcurrentHashMap<>();
    private final Queue<String> unwanted = new ConcurrentLinkedQueue<>();
    private final Background work = new Background("task-orders", EVERY, this::turn);

    Orders(TaskStore store, Announcements announcements, ObjectMapper mapper) {
        this.store = store;
        this.announcements = announcements;
        this.mapper = mapper;
    }

    @PostConstruct
    void start() {
        announcements.listen(TaskStore.RESULT_TOPIC, this);
        work.start();
    }

    /**
     * Has it done by clients of other recorders.
     *
     * @throws org.pingrecorder.recorder.database.DatabaseException if nobody can be asked
     */
    void order(PingTask task, Collection<String> clients) {
        task.areElsewhere(clients);
        try {
            store.order(task.request().order(task.id()), clients);
        } catch (RuntimeException | Error e) {
            dismiss(task.id()); // it may be there all the same
            throw e;
        }
        waiting.put(task.id(), task);
        announcements.announce(TaskStore.TASK_TOPIC, List.of(task.id()));
    }

    /** Nobody waits for it any more; returns at once. */
    void forget(PingTask task) {
        if (waiting.remove(task.id()) != null) {
            dismiss(task.id());
        }
    }

    private void dismiss(String task) {
        unwanted.add(task);
        work.ask();
    }

    @Override
    public void announced(Set<String> tasks) {
        if (tasks.stream().anyMatch(waiting::containsKey)) {
            work.ask();
        }
    }

    @Override
    public void anythingMayHaveChanged() {
        work.ask();
    }

    private void turn() {
        for (String task = unwanted.peek(); task != null; task = unwanted.peek()) {
            store.forget(task);
            unwanted.remove();
            announcements.announce(TaskStore.TASK_TOPIC, List.of(task));
        }
        List<PingTask> tasks = List.copyOf(waiting.values());
        if (tasks.isEmpty()) {
            return;
        }
        // Before the results: of one that is not alive now there will not be any more of them.
        Set<TaskStore.Place> alive = new HashSet<>(store.alive());
        List<String> ids = tasks.stream().map(PingTask::id).toList();
        List<TaskStore.Result> results;
        do {
            results = store.results(ids, MOST_TOGETHER);
            results.forEach(this::deliver);
        } while (results.size() == MOST_TOGETHER);
        tasks.forEach(task -> endLost(task, alive));
    }

    private void deliver(TaskStore.Result result) {
        PingTask task = waiting.get(result.task());
        String json = result.result();
        if (task == null) {
            return; // it ended meanwhile
        }
        if (json == null) {
            task.endPart(result.client(), Reason.WENT_AWAY, PingTask.LOST_CHANNEL);
            return;
        }
        try {
            if (mapper.readValue(json, FROM_CLIENT) instanceof TaskResult read) {
                task.result(result.client(), read);
            }
        } catch (IOException e) {
            LOG.warn("Cannot read what another recorder says; run the same version on all.", e);
        }
    }

    private static void endLost(PingTask task, Set<TaskStore.Place> alive) {
        for (String client : task.openElsewhere()) {
            if (!alive.contains(new TaskStore.Place(task.id(), client))) {
                task.endPart(
                        client,
                        Reason.WENT_AWAY,
                        "It, or the recorder to which it was connected, is gone.");
            }
        }
    }

    @PreDestroy
    void stop() {
        work.close();
    }
}
