package org.pingrecorder.agent.targets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;

/** Finds where to send for an address or host name. Blocks while the machine's resolver works. */
public final class HostLookup {

    private HostLookup() {}

    /**
     * Asks the resolver.
     *
     * @param current the address in use, kept while it is still one of the answers: a name with
     *     several addresses would otherwise wander between them
     * @throws UnknownHostException with a message for people
     */
    public static EchoTarget find(Address address, @Nullable EchoTarget current)
            throws UnknownHostException {
        InetAddress[] answers = answers(address);
        for (InetAddress answer : answers) {
            if (current != null && answer.equals(current.address())) {
                return current;
            }
        }
        try {
            return EchoTarget.of(answers[0]);
        } catch (IllegalArgumentException e) {
            throw unknown(address.text() + " resolves to no single host: " + e.getMessage(), e);
        }
    }

    private static InetAddress[] answers(Address address) throws UnknownHostException {
        try {
            return address.kind() == Address.Kind.NAME
                    ? InetAddress.getAllByName(address.text())
                    : new InetAddress[] {InetAddress.ofLiteral(address.text())};
        } catch (UnknownHostException e) {
            throw unknown(address.text() + " does not resolve", e);
        } catch (IllegalArgumentException e) {
            // Parsed before, so only the zone can be wrong: its interface may come and go.
            throw unknown(address.text() + " is on no interface of this machine", e);
        }
    }

    private static UnknownHostException unknown(String message, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }
}
