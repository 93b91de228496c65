package org.pingrecorder.agent.run;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.channel.Orders;
import org.pingrecorder.agent.plan.PlanFollower;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

/** Who does what the recorder orders. */
final class RecorderOrders implements Orders {

    private final PlanFollower plans;
    private final Supplier<Status> status;
    private final Consumer<FromClient> answer;

    RecorderOrders(PlanFollower plans, Supplier<Status> status, Consumer<FromClient> answer) {
        this.plans = plans;
        this.status = status;
        this.answer = answer;
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
        answer.accept(
                new TaskResult(
                        task.task(), List.of(), true, "this version of the client does no tasks"));
    }

    @Override
    public void cancel(Cancel cancel) {
        // No task is ever under way.
    }

    @Override
    public void cancelAll() {
        // No task is ever under way.
    }

    @Override
    public Status status() {
        return status.get();
    }
}
