package org.pingrecorder.agent.targets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.TargetsText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this client pings: its arguments and its targets file, each address once. An ip that stays
 * over a change stays the same object. For one thread.
 */
public final class TargetList {

    private static final Logger LOG = LoggerFactory.getLogger(TargetList.class);

    private final List<Address> arguments;
    private final @Nullable TargetsFile file;
    private final Pace pace;
    private List<PingedIp> ips = List.of();

    /**
     * The first list.
     *
     * @param file of targets, or null
     * @throws IOException if the file cannot be read
     */
    public TargetList(List<Address> arguments, @Nullable Path file, Pace pace) throws IOException {
        this.arguments = List.copyOf(arguments);
        this.pace = pace;
        this.file = file == null ? null : new TargetsFile(file);
        if (this.file != null) {
            this.file.readFirst();
        }
        merge();
    }

    /** What is to be pinged. */
    public List<PingedIp> ips() {
        return ips;
    }

    /** Looks at the file; returns whether {@link #ips} has changed. */
    public boolean poll() {
        if (file == null || !file.poll()) {
            return false;
        }
        int before = ips.size();
        merge();
        LOG.info("targets changed: {} now, {} before", ips.size(), before);
        return true;
    }

    private void merge() {
        Map<String, PingedIp> known = new LinkedHashMap<>();
        ips.forEach(ip -> known.put(ip.address().text(), ip));
        Map<String, PingedIp> merged = new LinkedHashMap<>();
        List<TargetsText.Target> targets = new ArrayList<>();
        if (file != null) {
            // First, because only a file can give names.
            targets.addAll(file.targets());
        }
        arguments.forEach(address -> targets.add(new TargetsText.Target(address, null)));
        for (TargetsText.Target target : targets) {
            String key = target.address().text();
            merged.computeIfAbsent(key, _ -> ip(target, known.get(key)));
        }
        ips = List.copyOf(merged.values());
    }

    private PingedIp ip(TargetsText.Target target, @Nullable PingedIp known) {
        if (known != null && Objects.equals(known.name(), target.name())) {
            return known;
        }
        PingedIp ip = new PingedIp(target.address(), target.name(), pace);
        if (known != null) {
            ip.locate(known.location());
        }
        return ip;
    }
}
