package org.pingrecorder.icmp;

/** Which ICMP errors mean that a ping will not be answered. */
final class IcmpErrors {

    private IcmpErrors() {}

    /**
     * Whether an error of this type decides a ping. Redirect and source quench reach the error
     * queue too, but the request they quote is still on its way.
     */
    static boolean decides(boolean ipv6, int type) {
        return ipv6
                ? type >= 1 && type <= 4 // unreachable, too big, time exceeded, bad parameter
                : type == 3 || type == 11 || type == 12; // the same but for "too big"
    }
}
