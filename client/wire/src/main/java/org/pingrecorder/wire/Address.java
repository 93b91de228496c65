package org.pingrecorder.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one ip is: an IPv4 address, an IPv6 address or a host name, in the one form in which it is
 * stored and compared. Parsing never asks the network.
 *
 * @param text canonical: dotted decimal for IPv4, RFC 5952 for IPv6, lower case without a final dot
 *     for a host name
 * @param kind which of the three it is
 */
public record Address(String text, Kind kind) {

    /** The three things an ip can be. */
    public enum Kind {
        IPV4,
        IPV6,
        NAME
    }

    private static final int MAX_NAME_CHARS = 253;

    private static final Pattern NAME_LABEL =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern NUMERIC_LABEL = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern IPV6_CHARS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    /**
     * Reads an address or host name.
     *
     * @throws IllegalArgumentException with a message that says what is wrong and what is wanted
     */
    public static Address parse(String given) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException(
                    "is empty: give an IPv4 or IPv6 address or a host name");
        }
        if (given.indexOf(':') >= 0) {
            return parseIpv6(given);
        }
        if (ipv4FirstOctet(given) >= 0) {
            return parseIpv4(given);
        }
        String name = given.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        String[] labels = name.split("\\.", -1);
        // A name whose last label is a number can only be meant as an address (WHATWG URL, host
        // parsing); accepting it as a name would let "192.0.2.300" wait for a resolver for ever.
        if (NUMERIC_LABEL.matcher(labels[labels.length - 1]).matches()) {
            return parseIpv4(given);
        }
        return parseName(given, name, labels);
    }

    private static Address parseIpv4(String given) {
        int first = ipv4FirstOctet(given);
        if (first < 0) {
            throw new IllegalArgumentException(
                    "'"
                            + shortened(given)
                            + "' is not an IPv4 address: write four numbers from 0 to 255 without"
                            + " leading zeros, such as 192.0.2.7");
        }
        refuseManyHosts(given, first >= 224 || first == 0);
        return new Address(given, Kind.IPV4);
    }

    /** The first of four octets in their one form; -1 if the text is anything else. */
    private static int ipv4FirstOctet(String text) {
        int first = -1;
        int octets = 0;
        int value = 0;
        int digits = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.' && digits > 0) {
                first = octets == 0 ? value : first;
                octets++;
                value = 0;
                digits = 0;
            } else if (c >= '0' && c <= '9' && (digits == 0 || value > 0)) {
                value = value * 10 + c - '0';
                digits++;
                if (value > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return octets == 4 ? first : -1;
    }

    /**
     * The canonical text of an address that is only told of, such as a router's: also one that is
     * reserved or unspecified, or link-local without its zone.
     *
     * @throws IllegalArgumentException if it is no address
     */
    public static String literal(String given) {
        if (ipv4FirstOctet(given) >= 0) {
            return given;
        }
        if (given.indexOf(':') < 0) { // else 192.0.2 would be 192.0.0.2
            throw notIpv6(given, null);
        }
        int percent = given.indexOf('%');
        byte[] bytes = ipv6Bytes(given, percent < 0 ? given : given.substring(0, percent));
        if (percent >= 0 && !ZONE.matcher(given.substring(percent + 1)).matches()) {
            throw notIpv6(given, null);
        }
        return isIpv4Mapped(bytes)
                ? ipv4Text(bytes)
                : Ipv6Text.of(bytes) + (percent < 0 ? "" : given.substring(percent));
    }

    private static String ipv4Text(byte[] mapped) {
        return "%d.%d.%d.%d"
                .formatted(
                        mapped[12] & 0xff, mapped[13] & 0xff, mapped[14] & 0xff, mapped[15] & 0xff);
    }

    private static Address parseIpv6(String given) {
        int percent = given.indexOf('%');
        String digits = percent < 0 ? given : given.substring(0, percent);
        String zone = percent < 0 ? "" : given.substring(percent + 1);
        byte[] bytes = ipv6Bytes(given, digits);
        if (isIpv4Mapped(bytes)) {
            return parseIpv4(ipv4Text(bytes));
        }
        refuseManyHosts(given, (bytes[0] & 0xff) == 0xff || isAllZero(bytes));
        boolean linkLocal = (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xc0) == 0x80;
        if (percent >= 0 && (!linkLocal || !ZONE.matcher(zone).matches())) {
            throw new IllegalArgumentException(
                    "'"
                            + shortened(given)
                            + "' has a zone that does not fit: only link-local addresses take one,"
                            + " such as fe80::1%eth0");
        }
        String text = Ipv6Text.of(bytes);
        if (linkLocal && percent < 0) {
            throw new IllegalArgumentException(
                    "'%s' is link-local, the same on every link: add the interface it is on, such as %s%%eth0"
                            .formatted(shortened(given), text));
        }
        return new Address(zone.isEmpty() ? text : text + "%" + zone, Kind.IPV6);
    }

    private static byte[] ipv6Bytes(String given, String digits) {
        if (IPV6_CHARS.matcher(digits).matches()) {
            try {
                InetAddress parsed = InetAddress.ofLiteral(digits);
                byte[] bytes = parsed.getAddress();
                return parsed instanceof Inet6Address ? bytes : ipv4Mapped(bytes);
            } catch (IllegalArgumentException e) {
                throw notIpv6(given, e);
            }
        }
        throw notIpv6(given, null);
    }

    private static IllegalArgumentException notIpv6(String given, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "'"
                        + shortened(given)
                        + "' is not an IPv6 address: write it such as 2001:db8::7, without brackets"
                        + " or port",
                cause);
    }

    private static Address parseName(String given, String name, String[] labels) {
        boolean valid = name.length() <= MAX_NAME_CHARS;
        for (String label : labels) {
            valid = valid && NAME_LABEL.matcher(label).matches();
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "'"
                            + shortened(given)
                            + "' is not an address or host name: a name has up to 253 letters,"
                            + " digits, '-', '_' and '.', each part 1 to 63 long (write other"
                            + " letters in their xn-- form)");
        }
        return new Address(name, Kind.NAME);
    }

    private static void refuseManyHosts(String given, boolean manyHosts) {
        if (manyHosts) {
            throw new IllegalArgumentException(
                    "'"
                            + shortened(given)
                            + "' is a multicast, broadcast, reserved or unspecified address: give"
                            + " the address of one host");
        }
    }

    private static boolean isIpv4Mapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    }

    private static byte[] ipv4Mapped(byte[] ipv4) {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        System.arraycopy(ipv4, 0, bytes, 12, 4);
        return bytes;
    }

    private static boolean isAllZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static String shortened(String given) {
        String printable = given.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "…";
    }

    @Override
    public String toString() {
        return text;
    }
}
