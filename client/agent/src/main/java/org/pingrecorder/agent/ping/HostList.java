package org.pingrecorder.agent.ping;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.agent.config.ConfigException;
import org.pingrecorder.agent.targets.HostLookup;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.TargetsText;

/** From what was typed to hosts with addresses. */
final class HostList {

    private static final int LOOKUPS_AT_ONCE = 16;
    private static final int LOOKUP_SECONDS = 5;

    private HostList() {}

    /**
     * Reads arguments and a targets text, each host once.
     *
     * @throws ConfigException with everything that cannot be read
     */
    static List<Address> read(List<String> arguments, String fileName, String text)
            throws ConfigException {
        Map<String, Address> hosts = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String argument : arguments) {
            try {
                Address address = Address.parse(argument);
                hosts.putIfAbsent(address.text(), address);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        TargetsText targets = TargetsText.parse(text);
        targets.targets().forEach(t -> hosts.putIfAbsent(t.address().text(), t.address()));
        targets.faults()
                .forEach(f -> problems.add(fileName + ", line " + f.line() + ": " + f.message()));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return List.copyOf(hosts.values());
    }

    /** Resolves all names side by side, so that one slow name delays the start once. */
    static List<PingHost> resolve(List<Address> addresses) throws InterruptedException {
        List<Callable<PingHost>> lookups = new ArrayList<>();
        addresses.forEach(address -> lookups.add(() -> resolve(address)));
        List<PingHost> hosts = new ArrayList<>();
        // Not closed: a resolver that hangs would be waited for.
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        LOOKUPS_AT_ONCE, Thread.ofPlatform().name("lookup").daemon().factory());
        List<Future<PingHost>> found = threads.invokeAll(lookups, LOOKUP_SECONDS, TimeUnit.SECONDS);
        threads.shutdownNow();
        for (int i = 0; i < addresses.size(); i++) {
            hosts.add(host(addresses.get(i), found.get(i)));
        }
        return hosts;
    }

    private static PingHost host(Address address, Future<PingHost> found)
            throws InterruptedException {
        try {
            return found.get();
        } catch (CancellationException e) {
            return new PingHost(
                    address, null, "no answer from the resolver in " + LOOKUP_SECONDS + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the lookup of " + address + " broke", e.getCause());
        }
    }

    private static PingHost resolve(Address address) {
        try {
            return new PingHost(address, HostLookup.find(address, null, null), "");
        } catch (UnknownHostException e) {
            return new PingHost(address, null, String.valueOf(e.getMessage()));
        }
    }
}
