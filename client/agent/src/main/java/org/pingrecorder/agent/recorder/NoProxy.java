package org.pingrecorder.agent.recorder;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosts that are reached without a proxy, as {@code NO_PROXY} lists them, separated by commas: a
 * host name and all names below it, an address, an address range such as {@code 10.0.0.0/8}, each
 * but the range with a {@code :port} if wanted, or {@code *} for all. Loopback is always covered.
 */
final class NoProxy {

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final String list;

    NoProxy(String list) {
        this.list = list.toLowerCase(Locale.ROOT);
    }

    boolean covers(URI uri) {
        String host = withoutBrackets(uri.getHost()).toLowerCase(Locale.ROOT);
        if (host.equals("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false)) {
            return true;
        }
        for (String entry : list.split("[,\\s]+", -1)) {
            if (!entry.isEmpty() && matches(entry, host, port(uri))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.indexOf('/') >= 0) {
            return isInRange(entry, host);
        }
        String pattern = entry;
        // A lone IPv6 address has colons of its own.
        boolean hasPort = entry.startsWith("[") || entry.indexOf(':') == entry.lastIndexOf(':');
        if (hasPort && PORT.matcher(entry).find()) {
            int colon = entry.lastIndexOf(':');
            if (Integer.parseInt(entry.substring(colon + 1)) != port) {
                return false;
            }
            pattern = entry.substring(0, colon);
        }
        pattern = withoutBrackets(pattern);
        Optional<InetAddress> address = literal(pattern);
        if (address.isPresent()) {
            return address.equals(literal(host));
        }
        String domain = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
        domain = domain.startsWith(".") ? domain.substring(1) : domain;
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean isInRange(String range, String host) {
        int slash = range.indexOf('/');
        Optional<InetAddress> network = literal(range.substring(0, slash));
        Optional<InetAddress> address = literal(host);
        String written = range.substring(slash + 1);
        if (network.isEmpty() || address.isEmpty() || !written.matches("[0-9]{1,3}")) {
            return false;
        }
        byte[] of = network.get().getAddress();
        byte[] at = address.get().getAddress();
        int drop = of.length * 8 - Integer.parseInt(written);
        return of.length == at.length
                && drop >= 0
                && new BigInteger(1, of)
                        .shiftRight(drop)
                        .equals(new BigInteger(1, at).shiftRight(drop));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
