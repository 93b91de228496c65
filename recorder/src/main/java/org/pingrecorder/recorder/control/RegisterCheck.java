package org.pingrecorder.recorder.control;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.control.Capabilities;
import org.pingrecorder.wire.control.Register;

/** Whether a client may be what it says it is. */
final class RegisterCheck {

    private static final Pattern INSTALLATION = Pattern.compile("[!-~]{1,64}");
    private static final int MOST_ADDRESSES = 100;
    private static final int MOST_ICMP = 10;
    private static final int LONGEST_TEXT = 200;

    /** The year 10000. */
    private static final long MOST_TIME_MICROS = 253_402_300_800_000_000L;

    private RegisterCheck() {}

    /** What is wrong with it, for people; null if nothing is. */
    static @Nullable String problem(Register register) {
        try {
            ClientName.check(register.client());
        } catch (IllegalArgumentException e) {
            return "'client': "
                    + e.getMessage()
                    + "; start this one with --client NAME or CLIENT_NAME=NAME.";
        }
        if (!INSTALLATION.matcher(register.installation()).matches()) {
            return "'installation': 1 to 64 printable ASCII characters without blanks.";
        }
        if (register.planRevision() < 0) {
            return "'plan_revision': a number from 0 on.";
        }
        if (register.timeUs() < 0 || register.timeUs() > MOST_TIME_MICROS) {
            return "'time_us': microseconds since 1970, before the year 10000.";
        }
        if (isLong(register.version())) {
            return "'version': at most " + LONGEST_TEXT + " characters.";
        }
        String problem = addressProblem(register.addresses());
        return problem == null ? capabilityProblem(register.capabilities()) : problem;
    }

    private static @Nullable String addressProblem(List<String> addresses) {
        if (addresses.size() > MOST_ADDRESSES) {
            return "'addresses': at most " + MOST_ADDRESSES + " of them.";
        }
        for (String address : addresses) {
            try {
                Address.literal(address);
            } catch (IllegalArgumentException e) {
                return "'addresses': " + e.getMessage() + ".";
            }
        }
        return null;
    }

    private static @Nullable String capabilityProblem(Capabilities capabilities) {
        Integer most = capabilities.mostPingsPerSecond();
        if (most != null && most < 1) {
            return "'most_pings_per_second': a number from 1 on, or nothing.";
        }
        if (capabilities.icmp().size() > MOST_ICMP
                || capabilities.icmp().stream().anyMatch(RegisterCheck::isLong)
                || isLong(capabilities.os())) {
            return "'capabilities': 'icmp' has at most "
                    + MOST_ICMP
                    + " texts, each of them and 'os' at most "
                    + LONGEST_TEXT
                    + " characters.";
        }
        return null;
    }

    private static boolean isLong(String text) {
        return text.length() > LONGEST_TEXT;
    }
}
