package org.pingrecorder.agent.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.TargetSettings;
import org.pingrecorder.wire.TargetsText;
import org.pingrecorder.wire.TargetsText.Target;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.PlanTarget;

/**
 * Holds one plan against this client's bounds: what is wrong is left out and named, the rest is
 * followed. For one plan.
 */
final class PlanCheck {

    /** Problems that are told one by one. */
    static final int MOST_PROBLEMS = 20;

    private final PlanBounds bounds;
    private final List<String> problems = new ArrayList<>();
    private int untold;

    private PlanCheck(PlanBounds bounds) {
        this.bounds = bounds;
    }

    static CheckedPlan check(Plan plan, PlanBounds bounds) {
        return new PlanCheck(bounds).check(plan);
    }

    private CheckedPlan check(Plan plan) {
        TargetSettings usual =
                new TargetSettings(
                        usual("interval", plan.intervalMs(), this::usualInterval),
                        usual("timeout", plan.timeoutMs(), TargetSettings::timeout),
                        null,
                        null);
        Duration metrics =
                usual(
                        "metrics interval",
                        plan.metricsIntervalMs(),
                        ClientConfig::plannedMetricsInterval);
        Map<String, Target> targets = new LinkedHashMap<>();
        // What JSON leaves out is null, whatever the record says.
        for (PlanTarget given : Objects.requireNonNullElse(plan.targets(), List.<PlanTarget>of())) {
            if (given == null || given.ip() == null) {
                problem("a target without ip: left out");
                continue;
            }
            try {
                Target target = target(given);
                String key = PingedIp.key(target.address().text(), given.family());
                if (targets.putIfAbsent(key, target) != null) {
                    problem(key + ": is there twice, the first one counts");
                }
            } catch (IllegalArgumentException e) {
                problem("%s: left out: %s".formatted(given.ip(), e.getMessage()));
            }
        }
        List<Target> kept = withinRate(targets.values(), usual.interval());
        if (untold > 0) {
            problems.add("and " + untold + " more");
        }
        return new CheckedPlan(plan.revision(), plan.paused(), usual, metrics, kept, problems);
    }

    private @Nullable Duration usual(
            String name, @Nullable Long millis, Function<String, Duration> read) {
        try {
            return duration(name, millis, read);
        } catch (IllegalArgumentException e) {
            problem("the client's own counts: " + e.getMessage());
            return null;
        }
    }

    /** The client's own targets follow it too, where it lets their number be. */
    private Duration usualInterval(String text) {
        Duration interval = TargetSettings.interval(text);
        int own = bounds.ownTargets().getAsInt();
        if (interval.compareTo(bounds.interval()) < 0
                && own * 1_000L > bounds.mostPingsPerSecond() * interval.toMillis()) {
            throw new IllegalArgumentException(
                    "%,d targets of its own would be more than max-rate, %s"
                            .formatted(own, pingsASecond()));
        }
        return interval;
    }

    private static Target target(PlanTarget given) {
        Address address = Address.parse(given.ip());
        if (given.family() != null && address.kind() != Address.Kind.NAME) {
            throw new IllegalArgumentException("family: only host names have one, leave it out");
        }
        return new Target(
                address,
                given.name() == null ? null : TargetsText.checkName(given.name()),
                new TargetSettings(
                        duration("interval", given.intervalMs(), TargetSettings::interval),
                        duration("timeout", given.timeoutMs(), TargetSettings::timeout),
                        duration("grace", given.graceMs(), TargetSettings::grace),
                        families(given.family())));
    }

    /** The client's own setting does not count: the recorder has registered what the plan says. */
    private static Families families(@Nullable Family family) {
        return switch (family) {
            case null -> Families.ANY;
            case IPV4 -> Families.IPV4;
            case IPV6 -> Families.IPV6;
        };
    }

    private static @Nullable Duration duration(
            String name, @Nullable Long millis, Function<String, Duration> read) {
        try {
            return millis == null ? null : read.apply(millis + "ms");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** The first targets, as long as there is room for their pings. */
    private List<Target> withinRate(Collection<Target> targets, @Nullable Duration usual) {
        double most = bounds.mostPingsPerSecond() + 1e-6;
        double rate = 0;
        List<Target> kept = new ArrayList<>(targets.size());
        for (Target target : targets) {
            Duration own = target.settings().interval();
            Duration interval = own != null ? own : usual != null ? usual : bounds.interval();
            double more = 1_000.0 / interval.toMillis();
            if (rate + more <= most) {
                rate += more;
                kept.add(target);
            }
        }
        int over = targets.size() - kept.size();
        if (over > 0) {
            problems.add(
                    "%d of %d targets left out: this client's max-rate is %s"
                            .formatted(over, targets.size(), pingsASecond()));
        }
        return kept;
    }

    private String pingsASecond() {
        int most = bounds.mostPingsPerSecond();
        return most + (most == 1 ? " ping a second" : " pings a second");
    }

    private void problem(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            untold++;
        }
    }
}
