package org.pingrecorder.agent.channel;

import java.util.List;
import java.util.Locale;
import org.pingrecorder.icmp.IcmpSupport;
import org.pingrecorder.wire.control.Capabilities;
import org.pingrecorder.wire.control.Register;

/**
 * Who this client is, for as long as it runs.
 *
 * @param client its name
 * @param installation its {@link Installation}
 * @param version of its program
 * @param capabilities what it can do
 */
public record Introduction(
        String client, String installation, String version, Capabilities capabilities) {

    /**
     * What this process can do.
     *
     * @param support found by trying
     * @param mostPingsPerSecond that plans and tasks may order
     */
    public static Capabilities capabilities(IcmpSupport support, int mostPingsPerSecond) {
        List<String> kinds =
                support.attempts().stream()
                        .filter(IcmpSupport.Attempt::works)
                        .map(attempt -> attempt.kind().name().toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList();
        String os =
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"));
        return new Capabilities(
                kinds, support.works(false), support.works(true), mostPingsPerSecond, os);
    }

    /** The first message of a connection. */
    Register register(long epochMicros, long planRevision) {
        return new Register(
                client,
                installation,
                HostAddresses.list(),
                epochMicros,
                version,
                capabilities,
                planRevision);
    }
}
