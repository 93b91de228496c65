package org.pingrecorder.agent.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.channel.ControlChannel;
import org.pingrecorder.agent.channel.Installation;
import org.pingrecorder.agent.channel.Introduction;
import org.pingrecorder.agent.channel.Orders;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.cutoff.CutOffWatch;
import org.pingrecorder.agent.delivery.DataFolder;
import org.pingrecorder.agent.delivery.Delivery;
import org.pingrecorder.agent.delivery.DeliveryCounts;
import org.pingrecorder.agent.hostmetrics.HostMetrics;
import org.pingrecorder.agent.plan.CheckedPlan;
import org.pingrecorder.agent.plan.PlanBounds;
import org.pingrecorder.agent.plan.PlanFollower;
import org.pingrecorder.agent.recorder.ProxyChoice;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.oneoff.TaskRuns;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the recorder has to say in this client, done by its parts: the plan, the tasks, and the
 * control channel over which both come. Thread-safe.
 */
final class Steering implements Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

    private final Pinging pinging;
    private final Registrar registrar;
    private final HostMetrics metrics;
    private final Delivery delivery;
    private final CutOffWatch cutOff;
    private final Clock clock;
    private final PlanFollower plans;
    private final TaskRuns tasks;
    private final ControlChannel channel;

    /** Follows nothing and connects nowhere yet. */
    Steering(
            ClientConfig config,
            RecorderClient recorder,
            Optional<ProxyChoice> proxy,
            DataFolder folder,
            Pinging pinging,
            Registrar registrar,
            HostMetrics metrics,
            Delivery delivery,
            CutOffWatch cutOff,
            Clock clock) {
        this.pinging = pinging;
        this.registrar = registrar;
        this.metrics = metrics;
        this.delivery = delivery;
        this.cutOff = cutOff;
        this.clock = clock;
        plans =
                new PlanFollower(
                        folder,
                        new PlanBounds(config.maxRate(), config.interval(), pinging::ownCount),
                        this::ping);
        tasks = new TaskRuns(config.engine(), config.maxRate(), clock);
        channel = new ControlChannel(introduction(config, folder), recorder, proxy, this, clock);
    }

    private static Introduction introduction(ClientConfig config, DataFolder folder) {
        String version = Steering.class.getPackage().getImplementationVersion();
        return new Introduction(
                config.client(),
                Installation.id(folder),
                version == null ? "?" : version,
                Introduction.capabilities(IcmpEngine.probe(), config.maxRate()));
    }

    /** Follows the plan of the run before. */
    void followLastPlan() {
        plans.start();
    }

    /** Listens to the recorder, as soon as that can be reached. */
    void connect() {
        channel.start();
    }

    /** Ends all tasks, and begins no more. */
    void endTasks() {
        tasks.stop();
    }

    /** Says goodbye, and listens no more; see {@link ControlChannel#stop}. */
    void stop(long stoppedMicros) {
        channel.stop(stoppedMicros);
    }

    private void ping(CheckedPlan plan) {
        pinging.apply(
                plan.targets(), plan.usual().interval(), plan.usual().timeout(), plan.paused());
        metrics.every(plan.metricsInterval());
    }

    @Override
    public void nameTaken(boolean taken) {
        registrar.nameTaken(taken);
    }

    @Override
    public long planRevision() {
        return plans.revision();
    }

    @Override
    public @Nullable Ack follow(Plan plan) {
        return plans.follow(plan);
    }

    @Override
    public void task(Task task) {
        int targets = task.targets().size();
        LOG.info(
                "pings {} {} for a task of the recorder",
                targets,
                targets == 1 ? "target" : "targets");
        tasks.start(task, channel::send);
    }

    @Override
    public void cancel(Cancel cancel) {
        tasks.cancel(cancel.task());
    }

    @Override
    public void cancelAll() {
        tasks.cancelAll();
    }

    /** Tells the recorder at once how this client does, if there is a channel. */
    void tellStatus() {
        channel.send(status());
    }

    @Override
    public Status status() {
        DeliveryCounts counts = delivery.counts();
        Long since = cutOff.sinceMicros();
        return new Status(
                clock.epochMicros(),
                pinging.count(),
                counts.queued(),
                counts.dropped(),
                since != null,
                since);
    }
}
