package org.pingrecorder.recorder.plans;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.pingrecorder.wire.control.PlanTarget;

/**
 * A change that somebody wants.
 *
 * @param expected revision that the plan has by their knowledge, if they say so
 * @param settings makes the new ones of those before
 * @param targets changes the rows of the plan's targets
 * @param isTrial whether nothing is to be stored
 */
record PlanEdit(
        OptionalLong expected,
        UnaryOperator<PlanSettings> settings,
        Targets targets,
        boolean isTrial) {

    /** A change to the targets of a plan. */
    @FunctionalInterface
    interface Targets {
        TargetTable.Difference apply(Connection connection, PlanOwner owner) throws SQLException;
    }

    /** Changes settings only. */
    static PlanEdit ofSettings(OptionalLong expected, UnaryOperator<PlanSettings> settings) {
        return new PlanEdit(
                expected, settings, (connection, owner) -> TargetTable.Difference.NONE, false);
    }

    /** Changes both; the targets given are all there are. */
    static PlanEdit ofAll(
            OptionalLong expected, UnaryOperator<PlanSettings> settings, List<PlanTarget> targets) {
        return new PlanEdit(
                expected,
                settings,
                (connection, owner) -> TargetTable.put(connection, owner, targets, true),
                false);
    }

    /** Changes targets only. */
    static PlanEdit ofTargets(OptionalLong expected, Targets targets) {
        return new PlanEdit(expected, UnaryOperator.identity(), targets, false);
    }

    /** The same, or only what would come of it. */
    PlanEdit asTrial(boolean trial) {
        return new PlanEdit(expected, settings, targets, trial);
    }
}
