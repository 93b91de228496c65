package org.pingrecorder.agent.ping;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;

/**
 * One host of a run.
 *
 * @param given as it was asked for
 * @param target where it is, or null when its name does not resolve
 * @param fault why it does not resolve; empty when it does
 */
record PingHost(Address given, @Nullable EchoTarget target, String fault) {

    @Nullable String addressText() {
        return target == null ? null : Address.parse(literal(target)).text();
    }

    private static String literal(EchoTarget target) {
        return target.address().getHostAddress();
    }
}
