package org.pingrecorder.recorder.tasks;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpStatus;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.serde.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.oneoff.TaskRuns;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.control.ChannelListener;
import org.pingrecorder.recorder.control.Sessions;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.LastingAnswers;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;
import org.reactivestreams.Publisher;

/** The tasks that this recorder was asked for. Thread-safe. */
@Singleton
final class Tasks implements ChannelListener, LastingAnswers {

    static final int MOST_AT_ONCE = 20;

    /** A caller who takes nothing for so long is gone, whatever the connection says. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(60);

    /** Of all tasks that the recorder itself pings. */
    private static final int MOST_PINGS_PER_SECOND = 10_000;

    private final Sessions sessions;
    private final ClientStore clients;
    private final Orders orders;
    private final Errands errands;
    private final ObjectMapper mapper;
    private final Map<String, PingTask> running = new ConcurrentHashMap<>();

    /** Those whose answers wait, or will, for their callers; each has a place. */
    private final Set<PingTask> unread = ConcurrentHashMap.newKeySet();

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private volatile boolean stopping;
    private final TaskRuns own =
            new TaskRuns(EngineConfig.DEFAULT, MOST_PINGS_PER_SECOND, Clock.system());

    Tasks(
            Sessions sessions,
            ClientStore clients,
            Orders orders,
            Errands errands,
            ObjectMapper mapper,
            MeterRegistry registry) {
        this.sessions = sessions;
        this.clients = clients;
        this.orders = orders;
        this.errands = errands;
        this.mapper = mapper;
        Gauge.builder("ping_recorder.running.tasks", running, Map::size)
                .description("Tasks whose caller is at this recorder")
                .register(registry);
    }

    /**
     * Has it done.
     *
     * @return the lines of its answer, for one reader
     * @throws Fault 429 when too many tasks are under way
     */
    Publisher<byte[]> start(TaskRequest request) {
        if (stopping) {
            throw Fault.of(HttpStatus.SERVICE_UNAVAILABLE, "The recorder is stopping.");
        }
        if (!places.tryAcquire()) {
            throw Fault.of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    MOST_AT_ONCE
                            + " tasks are under way, or wait for their callers to read; ask again"
                            + " later.");
        }
        PingTask task = new PingTask(request, mapper, this::ended, this::read, System.nanoTime());
        unread.add(task);
        running.put(task.id(), task);
        try {
            begin(task);
        } catch (RuntimeException | Error e) {
            task.endEarly("It could not begin.");
            read(task);
            throw e;
        }
        if (task.isEnded()) {
            callOff(task); // while it was begun: some were told after they were to stop
        }
        return task.lines();
    }

    private void begin(PingTask task) {
        Task order = task.request().order(task.id());
        if (task.request().from().isEmpty()) {
            own.start(
                    order,
                    result -> {
                        task.result(PingTask.SELF, result);
                        return true;
                    });
            return;
        }
        List<String> away = new ArrayList<>();
        for (String client : task.request().from()) {
            if (!sessions.send(client, order)) {
                away.add(client);
            }
        }
        if (!away.isEmpty()) {
            beginElsewhere(task, away);
        }
    }

    private void beginElsewhere(PingTask task, List<String> away) {
        Map<String, Client> known = new HashMap<>();
        clients.find(away).forEach(client -> known.put(client.client(), client));
        List<String> elsewhere = new ArrayList<>();
        for (String name : away) {
            Client client = known.get(name);
            if (client == null) {
                task.endPart(
                        name,
                        Reason.UNKNOWN,
                        "No client of that name is known; GET /clients lists them.");
            } else if (client.state() == ClientState.CONNECTED) {
                elsewhere.add(name);
            } else {
                task.endPart(name, Reason.NOT_CONNECTED, whyNot(client));
            }
        }
        if (!elsewhere.isEmpty()) {
            orders.order(task, elsewhere);
        }
    }

    private static String whyNot(Client client) {
        String since = client.stateSince() == null ? "" : " since " + client.stateSince();
        return switch (client.state()) {
            case STOPPED -> "It said that it stops, and is away" + since + ".";
            case LOST -> "It is away without a word" + since + ".";
            case DELIVERING ->
                    "It delivers pings but has no control channel, over which tasks are told.";
            case SILENT -> "It never had a control channel, and is silent" + since + ".";
            case NEVER_SEEN -> "It was named, but never heard of.";
            case CONNECTED -> throw new IllegalArgumentException("it is connected");
        };
    }

    /** Called with the task's lock. */
    private void ended(PingTask task) {
        running.remove(task.id());
        callOff(task);
    }

    /** Its answer holds no memory any more. */
    private void read(PingTask task) {
        if (unread.remove(task)) {
            places.release();
        }
    }

    /** Tells all those that still ping for it to stop. */
    private void callOff(PingTask task) {
        Cancel cancel = new Cancel(task.id());
        for (String client : task.unfinished()) {
            if (client.equals(PingTask.SELF)) {
                own.cancel(task.id());
            } else {
                sessions.send(client, cancel);
            }
        }
        orders.forget(task);
    }

    @Override
    public void taskResult(String client, TaskResult result) {
        PingTask task = running.get(result.task());
        if (task == null) {
            errands.result(client, result);
        } else {
            task.result(client, result);
        }
    }

    @Override
    public void gone(String client) {
        running.values().forEach(task -> task.gone(client));
        errands.gone(client);
    }

    @Scheduled(fixedDelay = "1s")
    void tick() {
        long nowNanos = System.nanoTime();
        running.values().forEach(task -> task.tick(nowNanos));
        unread.forEach(task -> task.cutIfForgotten(nowNanos - FORGOTTEN.toNanos()));
    }

    @Override
    public void end() {
        stopping = true;
        running.values().forEach(task -> task.endEarly("The recorder stops."));
        own.stop();
    }

    @PreDestroy
    void stop() {
        end();
    }
}
