package org.pingrecorder.oneoff;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;

/** Finds where to send for an address or host name. Blocks while the machine's resolver works. */
public final class HostLookup {

    /** How an address is found; {@link HostLookup#find} but in tests. */
    public interface Finder {
        EchoTarget find(Address address, @Nullable Family family, @Nullable EchoTarget current)
                throws UnknownHostException;
    }

    private HostLookup() {}

    /**
     * Asks the resolver.
     *
     * @param family of the address wanted; null for whichever the resolver names first
     * @param current the address in use, kept while it is still one of the answers: a name with
     *     several addresses would otherwise wander between them
     * @throws UnknownHostException with a message for people
     */
    public static EchoTarget find(
            Address address, @Nullable Family family, @Nullable EchoTarget current)
            throws UnknownHostException {
        EchoTarget first = null;
        InetAddress unfit = null;
        for (InetAddress answer : answers(address)) {
            if (family != null && family != familyOf(answer)) {
                continue;
            }
            EchoTarget target = oneHost(answer);
            if (target == null) {
                unfit = answer;
                continue;
            }
            if (current != null && target.equals(current)) {
                return current;
            }
            first = first == null ? target : first;
        }
        if (first != null) {
            return first;
        }
        String wanted = family == null ? "" : family.title() + " ";
        throw new UnknownHostException(
                unfit == null
                        ? "%s has no %saddress".formatted(address, wanted)
                        : "%s resolves to no single host: %s"
                                .formatted(address, unfit.getHostAddress()));
    }

    /** Null for many hosts, none, or one that is another on every link. */
    private static @Nullable EchoTarget oneHost(InetAddress answer) {
        if (answer instanceof Inet6Address ipv6
                && ipv6.isLinkLocalAddress()
                && ipv6.getScopeId() == 0) {
            return null;
        }
        try {
            return EchoTarget.of(answer);
        } catch (IllegalArgumentException notOneHost) {
            return null;
        }
    }

    private static Family familyOf(InetAddress answer) {
        return answer instanceof Inet6Address ? Family.IPV6 : Family.IPV4;
    }

    private static InetAddress[] answers(Address address) throws UnknownHostException {
        try {
            return address.kind() == Address.Kind.NAME
                    ? InetAddress.getAllByName(address.text())
                    : new InetAddress[] {InetAddress.ofLiteral(address.text())};
        } catch (UnknownHostException e) {
            throw unknown(address.text() + " does not resolve", e);
        } catch (IllegalArgumentException e) {
            // Parsed before, so only the zone can be wrong: its interface may come and go.
            throw unknown(address.text() + " is on no interface of this machine", e);
        }
    }

    private static UnknownHostException unknown(String message, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }
}
