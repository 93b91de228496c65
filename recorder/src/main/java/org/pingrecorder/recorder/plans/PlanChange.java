package org.pingrecorder.recorder.plans;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan. Every target that was given and could be read is added, changed or kept.
 *
 * @param revision of the plan now
 * @param clients how many clients the change concerns
 * @param added targets that were not in the plan
 * @param changed targets that were, and are not as they were
 * @param kept targets that were, and are as they were
 * @param removed targets that were in the plan and were not given
 * @param invalid lines of a text that could not be read; absent where none was given
 * @param faults the first of these lines
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanChange(
        long revision,
        int clients,
        int added,
        int changed,
        int kept,
        int removed,
        @Nullable Integer invalid,
        @Nullable List<BadLine> faults) {

    /**
     * A line that could not be read.
     *
     * @param line counted from 1
     * @param message what is wrong with it and what to write
     */
    @Serdeable
    record BadLine(int line, String message) {}

    private static final int MOST_FAULTS = 1_000;

    static PlanChange of(long revision, int clients, TargetTable.Difference targets) {
        return new PlanChange(
                revision,
                clients,
                targets.added(),
                targets.changed(),
                targets.kept(),
                targets.removed(),
                null,
                null);
    }

    /** The same, with what could not be read of a text. */
    PlanChange with(PlanText text) {
        return new PlanChange(
                revision,
                clients,
                added,
                changed,
                kept,
                removed,
                text.faults().size(),
                text.faults().stream()
                        .limit(MOST_FAULTS)
                        .map(fault -> new BadLine(fault.line(), fault.message()))
                        .toList());
    }
}
