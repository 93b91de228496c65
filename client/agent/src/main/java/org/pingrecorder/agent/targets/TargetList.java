package org.pingrecorder.agent.targets;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.TargetSettings;
import org.pingrecorder.wire.TargetsText.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this client pings: its arguments and its targets file, and what a {@link Plan} adds; each ip
 * once. An ip that stays as it is over a change stays the same object. For one thread at a time.
 */
public final class TargetList {

    private static final Logger LOG = LoggerFactory.getLogger(TargetList.class);

    private final List<Address> arguments;
    private final @Nullable TargetsFile file;
    private final Pace pace;
    private final Families families;
    private List<Target> inFile;
    private Plan plan = Plan.NONE;
    private List<PingedIp> ips = List.of();
    private int ownCount;

    /**
     * The first list.
     *
     * @param file of targets, or null
     * @param pace where neither a target nor the plan has another
     * @param families where a host name has no other
     * @throws IOException if the file cannot be read
     */
    public TargetList(List<Address> arguments, @Nullable Path file, Pace pace, Families families)
            throws IOException {
        this.arguments = List.copyOf(arguments);
        this.pace = pace;
        this.families = families;
        this.file = file == null ? null : new TargetsFile(file);
        this.inFile = this.file == null ? List.of() : this.file.readFirst();
        merge(inFile, plan);
        tellRepeats();
    }

    /** Arguments that name what another one does; the file tells of its own lines. */
    private void tellRepeats() {
        Set<Address> once = new HashSet<>();
        String twice =
                arguments.stream()
                        .filter(address -> !once.add(address))
                        .distinct()
                        .map(Address::text)
                        .collect(Collectors.joining(", "));
        if (!twice.isEmpty()) {
            LOG.warn("given twice and pinged once: {}", twice);
        }
    }

    /** What is to be pinged, the client's own ips first. */
    public List<PingedIp> ips() {
        return ips;
    }

    /** Those that the client's own arguments and file name. */
    public List<PingedIp> own() {
        return ips.subList(0, ownCount);
    }

    /** Those that only the plan names. */
    public List<PingedIp> planned() {
        return ips.subList(ownCount, ips.size());
    }

    /** Whether nothing is pinged for now. */
    public boolean isPaused() {
        return plan.paused();
    }

    /**
     * Follows this plan and no other.
     *
     * @return whether anything has changed by it
     * @throws IllegalArgumentException if an interval is too short, a timeout is not positive or a
     *     grace time negative; then nothing has
     */
    public boolean follow(Plan newPlan) {
        boolean wasPaused = plan.paused();
        boolean changed = change(inFile, newPlan);
        plan = newPlan;
        return changed || wasPaused != plan.paused();
    }

    /** Looks at the file; returns whether {@link #ips} has changed. */
    public boolean poll() {
        List<Target> read = file == null ? null : file.poll();
        if (read == null) {
            return false;
        }
        inFile = read;
        return change(read, plan);
    }

    private boolean change(List<Target> read, Plan by) {
        List<PingedIp> before = ips;
        int ownBefore = ownCount;
        merge(read, by);
        if (ownCount == ownBefore && ips.equals(before)) {
            return false;
        }
        LOG.info("targets changed: {} now, {} before", ips.size(), before.size());
        return true;
    }

    private void merge(List<Target> read, Plan by) {
        Merge merge = new Merge(ips, by);
        // First, because only a file can give names and settings.
        read.forEach(merge::add);
        arguments.forEach(address -> merge.add(new Target(address, null, TargetSettings.NONE)));
        int own = merge.merged.size();
        by.targets().forEach(merge::add);
        ips = merge.ips();
        ownCount = own;
    }

    /** A new list in the making. */
    private final class Merge {
        private final Plan by;
        private final Map<String, PingedIp> known;
        private final Map<TargetSettings, Pace> paces = new HashMap<>();
        private final Map<String, PingedIp> merged = new LinkedHashMap<>();

        Merge(List<PingedIp> before, Plan by) {
            this.by = by;
            known = HashMap.newHashMap(before.size());
            before.forEach(ip -> known.put(ip.key(), ip));
        }

        List<PingedIp> ips() {
            return List.copyOf(merged.values());
        }

        void add(Target target) {
            Pace itsPace = paces.computeIfAbsent(target.settings(), this::pace);
            List<Family> halves = families(target).families();
            if (halves.isEmpty()) {
                add(target, null, itsPace);
            }
            halves.forEach(family -> add(target, family, itsPace));
        }

        private Families families(Target target) {
            if (target.address().kind() != Address.Kind.NAME) {
                return Families.ANY;
            }
            return Objects.requireNonNullElse(target.settings().families(), families);
        }

        private Pace pace(TargetSettings settings) {
            return new Pace(
                    first(settings.interval(), by.interval(), pace.interval()),
                    first(settings.timeout(), by.timeout(), pace.timeout()),
                    Objects.requireNonNullElse(settings.grace(), pace.grace()));
        }

        private static Duration first(
                @Nullable Duration ofTarget, @Nullable Duration ofPlan, Duration ofClient) {
            return Objects.requireNonNullElse(
                    ofTarget, Objects.requireNonNullElse(ofPlan, ofClient));
        }

        private void add(Target target, @Nullable Family family, Pace itsPace) {
            String key = PingedIp.key(target.address().text(), family);
            merged.computeIfAbsent(key, _ -> ip(target, family, itsPace, known.get(key)));
        }

        private PingedIp ip(
                Target target, @Nullable Family family, Pace itsPace, @Nullable PingedIp before) {
            if (before != null
                    && Objects.equals(before.name(), target.name())
                    && before.pace().equals(itsPace)) {
                return before;
            }
            PingedIp ip = new PingedIp(target.address(), family, target.name(), itsPace);
            if (before != null) {
                ip.locate(before.location());
            }
            return ip;
        }
    }
}
