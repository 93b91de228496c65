package org.pingrecorder.bench.fleet;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.pingrecorder.bench.Main;
import org.pingrecorder.bench.store.RecorderRun;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** One task over many clients, asked of the recorder that they are connected to, and of another. */
public final class TasksBench implements Main.Bench {

    private static final int CLIENTS = 100;
    private static final TaskCall TASK = new TaskCall(CLIENTS, 10, 3, 1_000);
    private static final int RUNS = 5;

    @Override
    public String summary() {
        return "a task over 100 simulated clients × 10 targets × 3 pings: first and last line";
    }

    @Override
    public void run(Path project) throws Exception {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        HttpClient http = HttpClient.newHttpClient();
        List<SimulatedClient> clients = new ArrayList<>();
        try (RecorderRun recorder = RecorderRun.start(project);
                JarProcess other = recorder.startAnother(project)) {
            URI otherAddress = Jars.awaitAddress(other);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(SimulatedClient.connect(http, recorder.address(), "client" + i, timer));
            }
            TaskCall.printHead("asked");
            for (int run = 1; run <= RUNS; run++) {
                TASK.measure(http, recorder.address(), "the clients' recorder, run " + run);
            }
            for (int run = 1; run <= RUNS; run++) {
                TASK.measure(http, otherAddress, "another recorder, run " + run);
            }
            TASK.printPlan();
        } finally {
            clients.forEach(SimulatedClient::close);
            timer.shutdownNow();
            http.close();
        }
    }
}
