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
 * What this client pings: its arguments and its targets file, each ip once. An ip that stays as it
 * is over a change stays the same object. For one thread.
 */
public final class TargetList {

    private static final Logger LOG = LoggerFactory.getLogger(TargetList.class);

    private final List<Address> arguments;
    private final @Nullable TargetsFile file;
    private final Pace pace;
    private final Families families;
    private List<PingedIp> ips;

    /**
     * The first list.
     *
     * @param file of targets, or null
     * @param pace where a target has no other
     * @param families where a host name has no other
     * @throws IOException if the file cannot be read
     */
    public TargetList(List<Address> arguments, @Nullable Path file, Pace pace, Families families)
            throws IOException {
        this.arguments = List.copyOf(arguments);
        this.pace = pace;
        this.families = families;
        this.file = file == null ? null : new TargetsFile(file);
        this.ips = List.of();
        merge(this.file == null ? List.of() : this.file.readFirst());
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

    /** Looks at the file; returns whether {@link #ips} has changed. */
    public boolean poll() {
        List<Target> read = file == null ? null : file.poll();
        if (read == null) {
            return false;
        }
        List<PingedIp> before = ips;
        merge(read);
        if (ips.equals(before)) {
            return false;
        }
        LOG.info("targets changed: {} now, {} before", ips.size(), before.size());
        return true;
    }

    private void merge(List<Target> inFile) {
        Merge merge = new Merge(ips);
        // First, because only a file can give names and settings.
        inFile.forEach(merge::add);
        arguments.forEach(address -> merge.add(new Target(address, null, TargetSettings.NONE)));
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
