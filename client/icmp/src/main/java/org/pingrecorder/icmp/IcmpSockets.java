package org.pingrecorder.icmp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.IcmpSupport.Attempt;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.linux.Errno;
import org.pingrecorder.icmp.linux.LinuxSockets;
import org.pingrecorder.icmp.linux.Permissions;
import org.pingrecorder.icmp.socket.EchoNetwork;

/** Chooses the kind of socket for each address family, and says what is wrong if none works. */
final class IcmpSockets {

    private IcmpSockets() {}

    static EchoNetwork open(EngineConfig config) throws IcmpUnavailableException {
        if (!LinuxSockets.isSupported()) {
            throw new IcmpUnavailableException(unsupported());
        }
        LinuxSockets sockets = new LinuxSockets(config.payloadBytes());
        try {
            List<Attempt> attempts = new ArrayList<>();
            boolean ipv4 = add(sockets, config, false, attempts);
            boolean ipv6 = add(sockets, config, true, attempts);
            if (ipv4 || ipv6) {
                return sockets.build(lastReason(attempts, false), lastReason(attempts, true));
            }
            throw new IcmpUnavailableException(unavailable(config, attempts));
        } catch (IcmpUnavailableException | RuntimeException fault) {
            sockets.discard();
            throw fault;
        }
    }

    /** Adds the first kind that works; whether one did. */
    private static boolean add(
            LinuxSockets sockets, EngineConfig config, boolean ipv6, List<Attempt> attempts) {
        for (Kind kind : Kind.values()) {
            if (config.kind() == null || config.kind() == kind) {
                int result =
                        kind == Kind.RAW
                                ? sockets.addRaw(ipv6, config.sockets())
                                : sockets.addDatagram(ipv6, config.sockets());
                attempts.add(attempt(kind, ipv6, result));
                if (result == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    static IcmpSupport probe() {
        if (!LinuxSockets.isSupported()) {
            return new IcmpSupport(List.of(), unsupported());
        }
        List<Attempt> attempts = new ArrayList<>();
        for (boolean ipv6 : new boolean[] {false, true}) {
            for (Kind kind : Kind.values()) {
                attempts.add(attempt(kind, ipv6, LinuxSockets.attempt(kind == Kind.RAW, ipv6)));
            }
        }
        boolean ipv4Works = attempts.stream().anyMatch(a -> !a.ipv6() && a.works());
        return new IcmpSupport(attempts, ipv4Works ? "" : advice(null, Permissions.read()));
    }

    private static Attempt attempt(Kind kind, boolean ipv6, int result) {
        return new Attempt(kind, ipv6, result == 0, result == 0 ? "" : Errno.name(-result));
    }

    private static String lastReason(List<Attempt> attempts, boolean ipv6) {
        return attempts.stream()
                .filter(a -> a.ipv6() == ipv6)
                .reduce("", (reason, a) -> a.reason(), (a, b) -> b);
    }

    private static String unavailable(EngineConfig config, List<Attempt> attempts) {
        StringBuilder tried = new StringBuilder();
        for (Attempt a : attempts) {
            tried.append(tried.isEmpty() ? "" : ", ")
                    .append(a.kind() == Kind.RAW ? "raw" : "datagram")
                    .append(a.ipv6() ? " IPv6: " : " IPv4: ")
                    .append(a.reason());
        }
        Permissions permissions = Permissions.read();
        return "This process may not open ICMP sockets (%s). %s To mend it: %s"
                .formatted(tried, permissions.describe(), advice(config.kind(), permissions));
    }

    /** The one line that mends it. */
    private static String advice(@Nullable Kind wanted, Permissions permissions) {
        boolean raw = wanted == Kind.RAW && !permissions.netRaw();
        return raw ? Permissions.allowRaw() : Permissions.allowDatagram();
    }

    private static String unsupported() {
        return ("ICMP works on 64-bit Linux (x86-64 and AArch64) only so far, and this is %s on"
                        + " %s.")
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
    }
}
