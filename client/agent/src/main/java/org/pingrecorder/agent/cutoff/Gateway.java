package org.pingrecorder.agent.cutoff;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pingrecorder.icmp.EchoTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default gateway, by Linux's {@code /proc/net/route} and {@code /proc/net/ipv6_route}: that of
 * IPv4 with the least metric, or of IPv6 where IPv4 has none. A default route without a gateway
 * (onto a tunnel or a serial line) has nobody to ask. Reads anew at each call.
 */
public final class Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int UP_AND_GATEWAY = 0x3; // RTF_UP and RTF_GATEWAY
    private static final int REJECT = 0x200; // RTF_REJECT

    private final Path folder;

    private record Route(long metric, EchoTarget gateway) {}

    /**
     * Reads nothing yet.
     *
     * @param folder {@code /proc/net}, or what stands for it
     */
    Gateway(Path folder) {
        this.folder = folder;
    }

    /** Whether the default gateway can be found on an operating system. */
    public static boolean isKnownOn(String osName) {
        return osName.startsWith("Linux");
    }

    /** The default gateway now. */
    Optional<EchoTarget> find() {
        List<Route> routes = new ArrayList<>();
        read("route", routes);
        if (routes.isEmpty()) {
            read("ipv6_route", routes);
        }
        return routes.stream().min(Comparator.comparingLong(Route::metric)).map(Route::gateway);
    }

    private void read(String name, List<Route> routes) {
        try {
            for (String line : Files.readAllLines(folder.resolve(name))) {
                String[] words = SPACES.split(line.strip());
                if (name.equals("route")) {
                    readIpv4(words, routes);
                } else {
                    readIpv6(words, routes);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // There is no second file where IPv6 is off.
            LOG.debug("cannot read the routes in {}", folder.resolve(name), e);
        }
    }

    /**
     * Iface Destination Gateway Flags RefCnt Use Metric Mask …, addresses as the machine has them.
     */
    private static void readIpv4(String[] words, List<Route> routes) throws UnknownHostException {
        if (words.length < 8 || !isZero(words[1]) || !isZero(words[7]) || !isUsable(words[3])) {
            return;
        }
        byte[] network = HexFormat.of().parseHex(words[2]);
        if (java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN) {
            network = new byte[] {network[3], network[2], network[1], network[0]};
        }
        routes.add(
                new Route(
                        Long.parseLong(words[6]),
                        EchoTarget.of(InetAddress.getByAddress(network))));
    }

    /** Destination Length Source Length Gateway Metric RefCnt Use Flags Iface. */
    private static void readIpv6(String[] words, List<Route> routes) throws IOException {
        if (words.length < 10
                || !isZero(words[0])
                || !isZero(words[1])
                || !isUsable(words[8])
                || isZero(words[4])) {
            return;
        }
        NetworkInterface device = NetworkInterface.getByName(words[9]);
        byte[] bytes = HexFormat.of().parseHex(words[4]);
        InetAddress address = InetAddress.getByAddress(bytes);
        if (address.isLinkLocalAddress()) {
            if (device == null) {
                return; // it went away meanwhile
            }
            address = Inet6Address.getByAddress(null, bytes, device.getIndex());
        }
        routes.add(new Route(Long.parseLong(words[5], 16), EchoTarget.of(address)));
    }

    private static boolean isUsable(String hexFlags) {
        int flags = Integer.parseUnsignedInt(hexFlags, 16);
        return (flags & UP_AND_GATEWAY) == UP_AND_GATEWAY && (flags & REJECT) == 0;
    }

    private static boolean isZero(String hex) {
        return hex.chars().allMatch(c -> c == '0');
    }
}
