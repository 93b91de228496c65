package org.pingrecorder.testnet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Addresses that share their first bits, such as {@code 10.1.0.0/16}.
 *
 * @param address any address of them
 * @param bits how many bits they share
 */
record Subnet(InetAddress address, int bits) {

    static Subnet parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            InetAddress address = InetAddress.getByName(parts[0]);
            int all = address.getAddress().length * Byte.SIZE;
            return new Subnet(address, parts.length == 1 ? all : Integer.parseInt(parts[1]));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    boolean contains(byte[] other) {
        byte[] own = address.getAddress();
        int wholeBytes = bits / Byte.SIZE;
        int restBits = bits % Byte.SIZE;
        if (own.length != other.length
                || !Arrays.equals(own, 0, wholeBytes, other, 0, wholeBytes)) {
            return false;
        }
        int shift = Byte.SIZE - restBits;
        return restBits == 0
                || (own[wholeBytes] & 0xff) >> shift == (other[wholeBytes] & 0xff) >> shift;
    }
}
