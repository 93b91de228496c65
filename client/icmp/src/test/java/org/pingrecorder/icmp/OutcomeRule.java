package org.pingrecorder.icmp;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.PrefixCounts;

/**
 * One line of the table of outcomes.
 *
 * @param name what the hosts do
 * @param prefix where they are, with room for the number of a host at the end
 * @param behaviour how they answer; {@code null} where there is no route to them
 * @param expected what the engine must say, by what the far end counted
 * @param reason type, code and router of the errors, as the engine must say them
 */
record OutcomeRule(
        String name,
        String prefix,
        @Nullable Behaviour behaviour,
        Function<PrefixCounts, Tally> expected,
        String reason) {

    boolean isIpv6() {
        return prefix.contains(":");
    }

    String host(int number) {
        return isIpv6() ? prefix + Integer.toHexString(number) : prefix + number;
    }

    /** The prefix as the far end names it. */
    String subnet() {
        return isIpv6() ? prefix + "/32" : prefix + "0/24";
    }

    void addTo(FarEnd farEnd) {
        if (behaviour != null) {
            farEnd.rule(subnet(), behaviour);
        }
    }

    /** Whether chance or time keep some answers back, but not all. */
    boolean isPartlySilent() {
        return name.matches("(30 % lost|an outage|rate limit|all at once).*");
    }

    /** What the far end counted, or that it saw nothing. */
    Tally expected(Function<String, PrefixCounts> counts, int pings) {
        return behaviour == null ? Tally.unsent(pings) : expected.apply(counts.apply(subnet()));
    }
}
