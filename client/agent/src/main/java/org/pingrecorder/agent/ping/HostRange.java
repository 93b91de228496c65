package org.pingrecorder.agent.ping;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.wire.Address;

/**
 * Addresses from a first to a last one, both included, of one family.
 *
 * @param first as a number
 * @param last as a number
 * @param bytes of an address: 4 or 16
 */
record HostRange(BigInteger first, BigInteger last, int bytes) {

    /** More would be a mistake oftener than a wish. */
    static final int MAX_HOSTS = 65_536;

    private static final int IPV4_BYTES = 4;

    /**
     * Reads what follows {@code -g}: networks such as {@code 192.0.2.0/24}, and pairs of a first
     * and a last address. An IPv4 network's own and its broadcast address are left out, unless it
     * has only two or one.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    static List<Address> addresses(List<String> arguments) {
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.indexOf('/') >= 0) {
                network(argument).addTo(addresses);
            } else if (i + 1 < arguments.size() && arguments.get(i + 1).indexOf('/') < 0) {
                between(argument, arguments.get(++i)).addTo(addresses);
            } else {
                throw new IllegalArgumentException(
                        "'%s' is no range: write a network such as 192.0.2.0/24, or a first and a last address"
                                .formatted(argument));
            }
        }
        return addresses;
    }

    private static HostRange network(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(text.substring(0, slash));
        String bitsText = text.substring(slash + 1);
        int allBits = address.length * Byte.SIZE;
        int bits = bitsText.matches("[0-9]{1,3}") ? Integer.parseInt(bitsText) : -1;
        if (bits < 0 || bits > allBits) {
            throw new IllegalArgumentException(
                    "'%s' is no network: write 0 to %d after the '/'".formatted(text, allBits));
        }
        BigInteger size = BigInteger.ONE.shiftLeft(allBits - bits);
        BigInteger first = number(address).andNot(size.subtract(BigInteger.ONE));
        BigInteger last = first.add(size).subtract(BigInteger.ONE);
        boolean hasEnds = address.length == IPV4_BYTES && allBits - bits > 1;
        return hasEnds
                ? new HostRange(
                        first.add(BigInteger.ONE), last.subtract(BigInteger.ONE), address.length)
                : new HostRange(first, last, address.length);
    }

    private static HostRange between(String firstText, String lastText) {
        byte[] first = bytes(firstText);
        byte[] last = bytes(lastText);
        if (first.length != last.length || number(first).compareTo(number(last)) > 0) {
            throw new IllegalArgumentException(
                    "'%s' to '%s' is no range: write the lower address first, and two of one family"
                            .formatted(firstText, lastText));
        }
        return new HostRange(number(first), number(last), first.length);
    }

    private static byte[] bytes(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is not an IPv4 or IPv6 address, as a range needs it".formatted(text), e);
        }
    }

    private static BigInteger number(byte[] address) {
        return new BigInteger(1, address);
    }

    private void addTo(List<Address> addresses) {
        BigInteger size = last.subtract(first).add(BigInteger.ONE);
        if (size.compareTo(BigInteger.valueOf(MAX_HOSTS - addresses.size())) > 0) {
            throw new IllegalArgumentException(
                    "more than %d addresses: write a smaller range, such as %s"
                            .formatted(MAX_HOSTS, bytes == IPV4_BYTES ? "a /16" : "a /112"));
        }
        for (BigInteger at = first; at.compareTo(last) <= 0; at = at.add(BigInteger.ONE)) {
            addresses.add(Address.parse(text(at)));
        }
    }

    private String text(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] address = new byte[bytes];
        int used = Math.min(digits.length, bytes);
        System.arraycopy(digits, digits.length - used, address, bytes - used, used);
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
