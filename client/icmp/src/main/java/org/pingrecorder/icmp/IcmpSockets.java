package org.pingrecorder.icmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.IcmpSupport.Attempt;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.linux.Errno;
import org.pingrecorder.icmp.linux.Ipv6Switch;
import org.pingrecorder.icmp.linux.LinuxSockets;
import org.pingrecorder.icmp.linux.OptionFault;
import org.pingrecorder.icmp.linux.Permissions;
import org.pingrecorder.icmp.socket.EchoNetwork;

/** Chooses the kind of socket for each address family, and says what is wrong if none works. */
final class IcmpSockets {

    /** In the order of preference. */
    private static final List<Kind> KINDS = List.of(Kind.DATAGRAM, Kind.RAW);

    private final EngineConfig config;
    private final LinuxSockets sockets;
    private final List<Attempt> attempts = new ArrayList<>();

    private IcmpSockets(EngineConfig config) {
        this.config = config;
        this.sockets = new LinuxSockets(config.packet());
    }

    /** Open sockets, and what each family is pinged with. */
    record Opened(EchoNetwork network, String description) {}

    static Opened open(EngineConfig config) throws IcmpUnavailableException {
        IcmpSockets choice = new IcmpSockets(config);
        try {
            return choice.open();
        } catch (OptionFault fault) {
            choice.sockets.discard();
            throw new OptionRefusedException(String.valueOf(fault.getMessage()));
        } catch (IcmpUnavailableException | RuntimeException fault) {
            choice.sockets.discard();
            throw fault;
        }
    }

    private Opened open() throws IcmpUnavailableException, OptionFault {
        boolean ipv4 = add(false);
        boolean ipv6 = add(true);
        if (!ipv4 && !ipv6) {
            throw new IcmpUnavailableException(unavailable());
        }
        EchoNetwork network = sockets.build(whyMissing(false), whyMissing(true));
        boolean asked = config.packet().whyNoSource(true).isEmpty();
        String note = asked ? Ipv6Switch.note() : "";
        return new Opened(
                network,
                "%s, %s; up to %d pings of each in flight%s"
                        .formatted(
                                described(false),
                                described(true),
                                config.sockets() * EngineConfig.PINGS_PER_SOCKET,
                                note.isEmpty() ? "" : " (" + note + ")"));
    }

    /** Adds the first kind that works; whether one did. */
    private boolean add(boolean ipv6) throws OptionFault {
        if (!config.packet().whyNoSource(ipv6).isEmpty()) {
            return false;
        }
        for (Kind kind : KINDS) {
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

    private String whyMissing(boolean ipv6) {
        String whyNoSource = config.packet().whyNoSource(ipv6);
        return whyNoSource.isEmpty()
                ? ofFamily(ipv6).map(Attempt::reason).reduce("", (_, last) -> last)
                : whyNoSource;
    }

    private String described(boolean ipv6) {
        return (ipv6 ? "IPv6 " : "IPv4 ")
                + ofFamily(ipv6)
                        .filter(Attempt::works)
                        .map(a -> "over " + name(a.kind()) + " sockets")
                        .findFirst()
                        .orElseGet(() -> "not: " + whyMissing(ipv6));
    }

    private Stream<Attempt> ofFamily(boolean ipv6) {
        return attempts.stream().filter(a -> a.ipv6() == ipv6);
    }

    private String unavailable() {
        String tried =
                attempts.stream()
                        .map(
                                a ->
                                        "%s %s: %s"
                                                .formatted(
                                                        name(a.kind()),
                                                        a.ipv6() ? "IPv6" : "IPv4",
                                                        a.reason()))
                        .collect(Collectors.joining(", "));
        Permissions permissions = Permissions.read();
        return "This process may not open ICMP sockets (%s). %s To mend it: %s"
                .formatted(tried, permissions.describe(), advice(config.kind(), permissions));
    }

    static IcmpSupport probe() {
        List<Attempt> attempts = new ArrayList<>();
        for (boolean ipv6 : new boolean[] {false, true}) {
            for (Kind kind : KINDS) {
                attempts.add(attempt(kind, ipv6, LinuxSockets.attempt(kind == Kind.RAW, ipv6)));
            }
        }
        List<String> notes = new ArrayList<>();
        if (!Ipv6Switch.note().isEmpty()) {
            notes.add(Ipv6Switch.note());
        }
        if (attempts.stream().anyMatch(a -> !a.ipv6() && a.works())) {
            return new IcmpSupport(attempts, notes, "");
        }
        Permissions permissions = Permissions.read();
        notes.add(permissions.describe());
        return new IcmpSupport(attempts, notes, advice(null, permissions));
    }

    private static Attempt attempt(Kind kind, boolean ipv6, int result) {
        return new Attempt(kind, ipv6, result == 0, result == 0 ? "" : Errno.name(-result));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The one line that mends it. */
    private static String advice(@Nullable Kind wanted, Permissions permissions) {
        boolean raw = wanted == Kind.RAW && !permissions.netRaw();
        return raw ? Permissions.allowRaw() : Permissions.allowDatagram();
    }
}
