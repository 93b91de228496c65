package org.pingrecorder.icmp.packet;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where requests leave from: one address of this machine, one of each family, or an interface. With
 * an address of one family only, the other family is not pinged at all: its requests would leave
 * from an address that nobody asked for.
 *
 * @param ipv4 source address of IPv4 requests
 * @param ipv6 source address of IPv6 requests, with its zone where it is link-local
 * @param interfaceName the interface that both leave by; the only one given, if it is
 */
public record PacketSource(
        @Nullable Inet4Address ipv4, @Nullable Inet6Address ipv6, @Nullable String interfaceName) {

    private static final Pattern DOTTED = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final Pattern INTERFACE = Pattern.compile("[^\\s/,:\\p{Cntrl}]+");

    /** {@code IFNAMSIZ} without the final zero. */
    private static final int MOST_INTERFACE_BYTES = 15;

    public PacketSource {
        boolean address = ipv4 != null || ipv6 != null;
        if (address == (interfaceName != null)) {
            throw new IllegalArgumentException("either addresses or an interface");
        }
    }

    /**
     * Reads {@code 192.0.2.7}, {@code 2001:db8::7}, both with a comma between them, or {@code
     * eth0}.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    public static PacketSource parse(String text) {
        Inet4Address ipv4 = null;
        Inet6Address ipv6 = null;
        String[] parts = text.split(",", -1);
        for (String part : parts) {
            InetAddress address = address(text, part);
            if (address == null && parts.length == 1) {
                return new PacketSource(null, null, part);
            } else if (address instanceof Inet4Address four && ipv4 == null) {
                ipv4 = four;
            } else if (address instanceof Inet6Address six && ipv6 == null) {
                ipv6 = six;
            } else {
                throw wrong(text, null);
            }
        }
        return new PacketSource(ipv4, ipv6, null);
    }

    /** The address that is written, or {@code null} for an interface's name. */
    private static @Nullable InetAddress address(String text, String part) {
        boolean address = part.indexOf(':') >= 0 || DOTTED.matcher(part).matches();
        if (!address) {
            if (!INTERFACE.matcher(part).matches()
                    || part.getBytes(StandardCharsets.UTF_8).length > MOST_INTERFACE_BYTES) {
                throw wrong(text, null);
            }
            return null;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(part);
            if (literal.isAnyLocalAddress() || literal.isMulticastAddress()) {
                throw wrong(text, null);
            }
            return literal;
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
    }

    private static IllegalArgumentException wrong(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                ("'%s' is no source: write an address of this machine such as 192.0.2.7, one of"
                                + " each family such as 192.0.2.7,2001:db8::7, or an interface"
                                + " such as eth0")
                        .formatted(text),
                cause);
    }

    /** Whether requests of this family have somewhere to leave from. */
    public boolean serves(boolean ofIpv6) {
        return interfaceName != null || address(ofIpv6) != null;
    }

    /** The source address of a family, if one was given. */
    public @Nullable InetAddress address(boolean ofIpv6) {
        return ofIpv6 ? ipv6 : ipv4;
    }

    /** The interface, or the address of a family that it {@link #serves}. */
    public String text(boolean ofIpv6) {
        return interfaceName == null
                ? Objects.requireNonNull(address(ofIpv6)).getHostAddress()
                : interfaceName;
    }

    /** As it may be written for {@link #parse}. */
    @Override
    public String toString() {
        if (interfaceName != null) {
            return interfaceName;
        }
        String four = ipv4 == null ? "" : ipv4.getHostAddress();
        String six = ipv6 == null ? "" : ipv6.getHostAddress();
        return four + (ipv4 == null || ipv6 == null ? "" : ",") + six;
    }
}
