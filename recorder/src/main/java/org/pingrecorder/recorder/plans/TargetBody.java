package org.pingrecorder.recorder.plans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.TargetSettings;
import org.pingrecorder.wire.control.PlanTarget;

/** Reads targets of a plan from JSON, each once. For one request. */
final class TargetBody {

    private static final List<String> FIELDS =
            List.of("ip", "family", "name", "tags", "interval_ms", "timeout_ms", "grace_ms");

    private final List<PlanTarget> targets = new ArrayList<>();
    private final Map<IpKey, Integer> places = new HashMap<>();

    void add(JsonObject body) {
        Address address = body.only(FIELDS).required("ip", Address::parse);
        PlanTarget target =
                new PlanTarget(
                        address.text(),
                        body.family(address),
                        name(body),
                        body.tags(),
                        PlanSettings.intervalMillis(body),
                        PlanSettings.timeoutMillis(body),
                        body.whole("grace_ms", 0, TargetSettings.MOST_WAIT.toMillis()));
        Integer before = places.putIfAbsent(IpKey.of(target), targets.size());
        if (before != null) {
            throw body.fault(
                    "ip", "%s is target %d already; give it once".formatted(address, before));
        }
        targets.add(target);
    }

    private static @Nullable String name(JsonObject body) {
        String name = body.name();
        if (name != null && name.indexOf('#') >= 0) {
            throw body.fault(
                    "name", "'name': leave out '#', which starts a comment in a list of targets");
        }
        return name;
    }

    /** In the order in which they were added, the first is 0. */
    List<PlanTarget> targets() {
        return targets;
    }
}
