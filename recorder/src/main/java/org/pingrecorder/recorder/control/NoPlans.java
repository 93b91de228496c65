package org.pingrecorder.recorder.control;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;

/** Nobody makes plans. */
@Singleton
@Requires(missingBeans = PlanSource.class)
final class NoPlans implements PlanSource {

    @Override
    public Plan planOf(String client) {
        return new Plan(0, null, null, null, false, List.of());
    }

    @Override
    public void acknowledged(String client, Ack ack) {}
}
