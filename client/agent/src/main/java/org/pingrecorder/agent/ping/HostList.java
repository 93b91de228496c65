package org.pingrecorder.agent.ping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.TargetsText;

/** From what was typed to the hosts of a run, each once. For one run. */
final class HostList {

    /** Of a file that is not a list of hosts at all, the first lines tell it. */
    private static final int MAX_LINES_TOLD = 50;

    private final Families families;
    private final List<String> problems;
    private final Map<String, PingHost> hosts = new LinkedHashMap<>();

    /**
     * An empty list.
     *
     * @param problems takes what cannot be read
     */
    HostList(Families families, List<String> problems) {
        this.families = families;
        this.problems = problems;
    }

    /** Adds addresses and names. */
    void arguments(List<String> arguments) {
        for (String argument : arguments) {
            try {
                add(Address.parse(argument), null);
            } catch (IllegalArgumentException e) {
                problems.add(
                        argument.indexOf('/') > 0
                                ? "'%s' is not one host: for a network write -g %s"
                                        .formatted(argument, argument)
                                : String.valueOf(e.getMessage()));
            }
        }
    }

    /** Adds what networks and ranges hold. */
    void ranges(List<String> arguments) {
        try {
            HostRange.addresses(arguments).forEach(address -> add(address, null));
        } catch (IllegalArgumentException e) {
            problems.add("--generate: " + e.getMessage());
        }
    }

    /** Adds what a file has. */
    void file(String fileName, String text) {
        TargetsText targets = TargetsText.parse(text);
        for (TargetsText.Target target : targets.targets()) {
            try {
                add(target.address(), target.name());
            } catch (IllegalArgumentException e) {
                problems.add(fileName + ": " + e.getMessage());
            }
        }
        targets.faults().stream()
                .limit(MAX_LINES_TOLD)
                .forEach(f -> problems.add(fileName + ", line " + f.line() + ": " + f.message()));
        int more = targets.faults().size() - MAX_LINES_TOLD;
        if (more > 0) {
            problems.add(fileName + ": " + more + " more lines that cannot be read");
        }
    }

    private void add(Address address, @Nullable String name) {
        switch (families) {
            case ANY -> add(address, name, null, false);
            case IPV4 -> add(address, name, only(address, Family.IPV4), false);
            case IPV6 -> add(address, name, only(address, Family.IPV6), false);
            case BOTH -> {
                boolean paired = address.kind() == Address.Kind.NAME;
                add(address, name, paired ? Family.IPV4 : null, paired);
                if (paired) {
                    add(address, name, Family.IPV6, true);
                }
            }
        }
    }

    private static Family only(Address address, Family family) {
        Address.Kind other = family == Family.IPV4 ? Address.Kind.IPV6 : Address.Kind.IPV4;
        if (address.kind() == other) {
            throw new IllegalArgumentException(
                    "'%s' is no %s address, and only those are to be pinged"
                            .formatted(address.text(), family.title()));
        }
        return family;
    }

    private void add(
            Address address, @Nullable String name, @Nullable Family family, boolean paired) {
        String key = paired ? address.text() + " " + family : address.text();
        hosts.putIfAbsent(key, new PingHost(address, name, family, paired));
    }

    /** All of them, in the order given. */
    List<PingHost> hosts() {
        return List.copyOf(hosts.values());
    }
}
