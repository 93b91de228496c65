package org.pingrecorder.icmp;

/** The canonical text of addresses: dotted decimal, and RFC 5952 for IPv6. */
final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    static String of(boolean ipv6, long high, long low) {
        return ipv6 ? ipv6(high, low) : ipv4(low);
    }

    private static String ipv4(long address) {
        return (address >>> 24 & 0xff)
                + "."
                + (address >>> 16 & 0xff)
                + "."
                + (address >>> 8 & 0xff)
                + "."
                + (address & 0xff);
    }

    private static String ipv6(long high, long low) {
        int from = 0;
        int to = 0;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && group(high, low, end) == 0) {
                end++;
            }
            if (end - start > to - from && end - start > 1) { // the first of the longest runs
                from = start;
                to = end;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == from && to > from) {
                text.append("::");
                i = to - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> (16 * (3 - index % 4))) & 0xffff;
    }
}
