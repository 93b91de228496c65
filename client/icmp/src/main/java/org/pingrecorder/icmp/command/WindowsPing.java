package org.pingrecorder.icmp.command;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/** That of Windows; its output is in the language of its user. */
final class WindowsPing implements PingProgram {

    private static final int MOST_PAYLOAD_BYTES = 65_500;

    @Override
    public String system() {
        return "Windows";
    }

    @Override
    public String mend() {
        return "Windows brings it in System32: put that on the PATH";
    }

    @Override
    public String name(boolean ipv6) {
        return "ping";
    }

    @Override
    public String refusal(boolean ipv6, PacketOptions packet) {
        if (packet.dscp() != 0) {
            return "dscp: Windows sets none for its ping program";
        }
        if (packet.payloadBytes() > MOST_PAYLOAD_BYTES) {
            return "size: the ping program of Windows takes up to " + MOST_PAYLOAD_BYTES;
        }
        if (packet.source() != null && packet.source().interfaceName() != null) {
            return "source: the ping program of Windows takes an address, no interface";
        }
        return ipv6 && packet.dontFragment()
                ? "dont-fragment: not for IPv6 with the ping program of Windows"
                : "";
    }

    @Override
    public List<String> line(boolean ipv6, String address, long waitMillis, PacketOptions packet) {
        List<String> line = new ArrayList<>(List.of("ping", "-n", "1"));
        line.addAll(List.of("-w", "" + waitMillis));
        line.addAll(List.of("-l", "" + packet.payloadBytes()));
        if (packet.ttl() != PacketOptions.SYSTEM_TTL) {
            line.addAll(List.of("-i", "" + packet.ttl()));
        }
        if (packet.dontFragment()) {
            line.add("-f");
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
        return WindowsOutput.read(output, target, payloadBytes, waited);
    }
}
