package org.pingrecorder.agent.channel;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pingrecorder.wire.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine, as far as others may reach it by them. */
final class HostAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(HostAddresses.class);

    /** A machine full of containers has hundreds. */
    static final int MOST = 16;

    private HostAddresses() {}

    /** {@value #MOST} of them at most, canonical, without loopback; link-local ones last. */
    static List<String> list() {
        try {
            return list(
                    NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses));
        } catch (SocketException e) {
            LOG.debug("this machine does not tell its addresses", e);
            return List.of();
        }
    }

    static List<String> list(Stream<InetAddress> addresses) {
        return addresses
                .filter(address -> !address.isLoopbackAddress())
                .sorted(Comparator.comparing(InetAddress::isLinkLocalAddress))
                .flatMap(HostAddresses::text)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** Java names the interface of every IPv6 address; it belongs to link-local ones only. */
    private static Stream<String> text(InetAddress address) {
        return text(address.getHostAddress(), address.isLinkLocalAddress());
    }

    static Stream<String> text(String text, boolean isLinkLocal) {
        int zone = text.indexOf('%');
        try {
            return Stream.of(
                    Address.literal(zone < 0 || isLinkLocal ? text : text.substring(0, zone)));
        } catch (IllegalArgumentException e) {
            LOG.debug("the interface of {} has a name that addresses cannot have", text, e);
            return Stream.empty();
        }
    }
}
