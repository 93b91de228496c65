package org.pingrecorder.icmp.linux;

/** The kernel does not take an option that was asked for; says which, why and what to change. */
public final class OptionFault extends Exception {

    private static final long serialVersionUID = 1L;

    OptionFault(String option, Object value, boolean ipv6, int errno, String mend) {
        super(
                "%s %s: this machine does not take it for IPv%d (%s): %s"
                        .formatted(option, value, ipv6 ? 6 : 4, Errno.name(errno), mend));
    }
}
