package org.pingrecorder.icmp.command;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/**
 * Those of FreeBSD. The options of its ping6 changed between releases, so that IPv6 has only those
 * that did not.
 */
final class FreeBsdPing implements PingProgram {

    @Override
    public String system() {
        return "FreeBSD";
    }

    @Override
    public String mend() {
        return "FreeBSD brings it in /sbin: put that on the PATH";
    }

    @Override
    public String name(boolean ipv6) {
        return ipv6 ? "ping6" : "ping";
    }

    @Override
    public String refusal(boolean ipv6, PacketOptions packet) {
        if (packet.source() != null && packet.source().interfaceName() != null) {
            return "source: the ping program of FreeBSD takes an address, no interface";
        }
        boolean more =
                packet.ttl() != PacketOptions.SYSTEM_TTL
                        || packet.dscp() != 0
                        || packet.dontFragment();
        return ipv6 && more
                ? "ttl, dscp and dont-fragment: not for IPv6 with the ping program of FreeBSD"
                : "";
    }

    @Override
    public List<String> line(boolean ipv6, String address, long waitMillis, PacketOptions packet) {
        List<String> line = new ArrayList<>(List.of(name(ipv6), "-n", "-c", "1"));
        line.addAll(List.of("-s", "" + packet.payloadBytes()));
        if (!ipv6) {
            line.addAll(List.of("-W", "" + waitMillis));
            if (packet.ttl() != PacketOptions.SYSTEM_TTL) {
                line.addAll(List.of("-m", "" + packet.ttl()));
            }
            if (packet.dscp() != 0) {
                line.addAll(List.of("-z", "" + packet.trafficClass()));
            }
            if (packet.dontFragment()) {
                line.add("-D");
            }
        }
        PacketSource source = packet.source();
        if (source != null) {
            line.addAll(List.of("-S", source.text(ipv6)));
        }
        line.add(address);
        return line;
    }

    @Override
    public ProgramResult read(String output, InetAddress target, int payloadBytes, boolean waited) {
        return UnixOutput.read(output, target, payloadBytes, waited);
    }
}
