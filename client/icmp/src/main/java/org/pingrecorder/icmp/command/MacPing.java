package org.pingrecorder.icmp.command;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/** Those of macOS: one for each address family. */
final class MacPing implements PingProgram {

    @Override
    public String system() {
        return "macOS";
    }

    @Override
    public String mend() {
        return "macOS brings it in /sbin: put that on the PATH";
    }

    @Override
    public String name(boolean ipv6) {
        return ipv6 ? "ping6" : "ping";
    }

    @Override
    public String refusal(boolean ipv6, PacketOptions packet) {
        return "";
    }

    @Override
    public List<String> line(boolean ipv6, String address, long waitMillis, PacketOptions packet) {
        List<String> line = new ArrayList<>(List.of(name(ipv6), "-n", "-c", "1"));
        if (!ipv6) { // ping6 has no such option; whoever runs it ends it
            line.addAll(List.of("-W", "" + waitMillis));
        }
        line.addAll(List.of("-s", "" + packet.payloadBytes()));
        if (packet.ttl() != PacketOptions.SYSTEM_TTL) {
            line.addAll(List.of(ipv6 ? "-h" : "-m", "" + packet.ttl()));
        }
        if (packet.dscp() != 0) {
            line.addAll(List.of("-z", "" + packet.trafficClass()));
        }
        if (packet.dontFragment()) {
            line.add("-D");
        }
        PacketSource source = packet.source();
        if (source != null) {
            String option = source.interfaceName() == null ? "-S" : ipv6 ? "-B" : "-b";
            line.addAll(List.of(option, source.text(ipv6)));
        }
        line.add(address);
        return line;
    }

    @Override
    public ProgramResult read(String output, InetAddress target, int payloadBytes, boolean waited) {
        return UnixOutput.read(output, target, payloadBytes, waited);
    }
}
