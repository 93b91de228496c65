package org.pingrecorder.agent.plan;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.agent.delivery.DataFolder;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the newest plan: it is put on disk, then pinged, then acknowledged. An older one changes
 * nothing. Thread-safe.
 */
public final class PlanFollower {

    private static final Logger LOG = LoggerFactory.getLogger(PlanFollower.class);

    private final PlanFile file;
    private final PlanBounds bounds;
    private final Consumer<CheckedPlan> pinging;
    private CheckedPlan followed = CheckedPlan.NONE;
    private boolean kept = true;
    private boolean toldDisk;
    private long toldOld;

    /**
     * Follows none yet.
     *
     * @param pinging told of every new plan; does not wait for anybody
     */
    public PlanFollower(DataFolder folder, PlanBounds bounds, Consumer<CheckedPlan> pinging) {
        this.file = new PlanFile(folder);
        this.bounds = bounds;
        this.pinging = pinging;
    }

    /** Takes up the plan that an earlier run followed, if there is one. */
    public synchronized void start() {
        Plan plan = file.load();
        if (plan != null) {
            apply(PlanCheck.check(plan, bounds), "goes on with");
        }
    }

    /** The revision of the plan that is followed; 0 if there is none. */
    public synchronized long revision() {
        return followed.revision();
    }

    /**
     * Follows a plan from now on, unless it follows a newer one.
     *
     * @return what it follows; null while the disk does not take the plan: it is to be sent again
     */
    public synchronized @Nullable Ack follow(Plan plan) {
        if (plan.revision() < followed.revision()) {
            return new Ack(followed.revision(), List.of(tooOld(plan.revision())));
        }
        boolean isNew = plan.revision() > followed.revision();
        if (isNew || !kept) {
            kept = save(plan);
        }
        if (isNew) {
            apply(PlanCheck.check(plan, bounds), "follows");
        }
        List<String> problems = followed.problems();
        return kept ? new Ack(followed.revision(), problems.isEmpty() ? null : problems) : null;
    }

    private String tooOld(long revision) {
        String problem =
                "plan %d is older than %d, which is followed: if the recorder was set up anew, delete %s of this client while it is stopped"
                        .formatted(revision, followed.revision(), PlanFile.FILE);
        if (revision != toldOld) {
            LOG.warn(problem);
        }
        toldOld = revision;
        return problem;
    }

    private boolean save(Plan plan) {
        try {
            file.save(plan);
            toldDisk = false;
            return true;
        } catch (IOException e) {
            if (!toldDisk) {
                LOG.error(
                        "plan {} cannot be put on disk ({}): it is followed until this client"
                                + " stops, and acknowledged only once it is on disk",
                        plan.revision(),
                        FileFault.reason(e));
            }
            toldDisk = true;
            return false;
        }
    }

    private void apply(CheckedPlan plan, String verb) {
        LOG.info(
                "{} plan {}: {}{}",
                verb,
                plan.revision(),
                plan.targets().size() == 1 ? "1 target" : plan.targets().size() + " targets",
                plan.paused() ? ", paused" : "");
        plan.problems().forEach(problem -> LOG.warn("plan {}: {}", plan.revision(), problem));
        pinging.accept(plan);
        followed = plan;
    }
}
