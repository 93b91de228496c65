package org.pingrecorder.agent.targets;

import java.io.IOException;
import java.nio.file.Path;
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
 * What this client pings: its own targets, which are its arguments and its targets file, and those
 * of the recorder's plan; each ip once, its own settings first. An ip that stays as it is over a
 * change stays the same object. For one thread at a time.
 */
public final class TargetList {

    private static final Logger LOG = LoggerFactory.getLogger(TargetList.class);

    private final List<Address> arguments;
    private final @Nullable TargetsFile file;
    private final Pace pace;
    private final TargetSettings given;
    private final Families families;
    private List<Target> inFile;
    private List<Target> planned = List.of();
    private TargetSettings usual = TargetSettings.NONE;
    private List<PingedIp> ips = List.of();
    private int ownIps;

    /** The first list, where nobody has set how targets are pinged. */
    public TargetList(List<Address> arguments, @Nullable Path file, Pace pace, Families families)
            throws IOException {
        this(arguments, file, pace, TargetSettings.NONE, families);
    }

    /**
     * The first list, without a plan.
     *
     * @param file of targets, or null
     * @param pace where a target has no other
     * @param given what of that was set for this client: a plan does not change it for own targets
     * @param families where a host name of its own has no other
     * @throws IOException if the file cannot be read
     */
    public TargetList(
            List<Address> arguments,
            @Nullable Path file,
            Pace pace,
            TargetSettings given,
            Families families)
            throws IOException {
        this.arguments = List.copyOf(arguments);
        this.pace = pace;
        this.given = given;
        this.families = families;
        this.file = file == null ? null : new TargetsFile(file);
        this.inFile = this.file == null ? List.of() : this.file.readFirst();
        merge();
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

    /** What is to be pinged. */
    public List<PingedIp> ips() {
        return ips;
    }

    /** Those of them that are on this client's own list. */
    public List<PingedIp> own() {
        return ips.subList(0, ownIps);
    }

    /**
     * Pings these beside its own targets, and no others.
     *
     * @param planUsual where a target says nothing of its own
     */
    public void plan(TargetSettings planUsual, List<Target> targets) {
        usual = planUsual;
        planned = List.copyOf(targets);
        merge();
    }

    /** Looks at the file; returns whether {@link #ips} or {@link #own} has changed. */
    public boolean poll() {
        List<Target> read = file == null ? null : file.poll();
        if (read == null) {
            return false;
        }
        List<PingedIp> before = ips;
        int ownBefore = ownIps;
        inFile = read;
        merge();
        if (ips.equals(before) && ownIps == ownBefore) {
            return false;
        }
        LOG.info("targets changed: {} now, {} before", ips.size(), before.size());
        return true;
    }

    private void merge() {
        Merge merge = new Merge(ips);
        // First, because only a file can give names and settings.
        inFile.forEach(merge::addOwn);
        arguments.forEach(address -> merge.addOwn(new Target(address, null, TargetSettings.NONE)));
        ownIps = merge.size();
        planned.forEach(merge::addPlanned);
        ips = merge.ips();
    }

    /** A new list in the making. */
    private final class Merge {
        private final Map<String, PingedIp> known;
        private final Map<TargetSettings, Pace> paces = new HashMap<>();
        private final Map<String, PingedIp> merged = new LinkedHashMap<>();

        Merge(List<PingedIp> before) {
            known = HashMap.newHashMap(before.size());
            before.forEach(ip -> known.put(ip.key(), ip));
        }

        List<PingedIp> ips() {
            return List.copyOf(merged.values());
        }

        int size() {
            return merged.size();
        }

        void addOwn(Target target) {
            add(target, target.settings().or(given).or(usual));
        }

        void addPlanned(Target target) {
            add(target, target.settings().or(usual));
        }

        private void add(Target target, TargetSettings settings) {
            Pace itsPace = paces.computeIfAbsent(settings, this::pace);
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
                    Objects.requireNonNullElse(settings.interval(), pace.interval()),
                    Objects.requireNonNullElse(settings.timeout(), pace.timeout()),
                    Objects.requireNonNullElse(settings.grace(), pace.grace()));
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
