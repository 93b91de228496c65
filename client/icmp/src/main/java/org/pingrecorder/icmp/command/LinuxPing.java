package org.pingrecorder.icmp.command;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/** The one of iputils, which every large distribution has. */
final class LinuxPing implements PingProgram {

    private static final long MILLIS_PER_SECOND = 1_000;

    @Override
    public String system() {
        return "Linux";
    }

    @Override
    public List<String> identify() {
        return List.of("ping", "-V");
    }

    @Override
    public boolean isMeant(String printed) {
        return printed.contains("iputils");
    }

    @Override
    public String mend() {
        return "install iputils, on Debian and Ubuntu: sudo apt-get install iputils-ping";
    }

    @Override
    public String name(boolean ipv6) {
        return "ping";
    }

    @Override
    public String refusal(boolean ipv6, PacketOptions packet) {
        return "";
    }

    @Override
    public List<String> line(boolean ipv6, String address, long waitMillis, PacketOptions packet) {
        List<String> line = new ArrayList<>(List.of("ping", "-n", "-c", "1"));
        // Whole seconds: older ones read no others.
        line.addAll(List.of("-W", "" + Math.ceilDiv(waitMillis, MILLIS_PER_SECOND)));
        line.addAll(List.of("-s", "" + packet.payloadBytes()));
        if (packet.ttl() != PacketOptions.SYSTEM_TTL) {
            line.addAll(List.of("-t", "" + packet.ttl()));
        }
        if (packet.dscp() != 0) {
            line.addAll(List.of("-Q", "" + packet.trafficClass()));
        }
        if (packet.dontFragment()) {
            line.addAll(List.of("-M", "do"));
        }
        PacketSource source = packet.source();
        if (source != null) {
            line.addAll(List.of("-I", source.text(ipv6)));
        }
        line.add(address);
        return line;
    }

    @Override
    public ProgramResult read(String output, InetAddress target, int payloadBytes, boolean waited) {
        return UnixOutput.read(output, target, payloadBytes, waited);
    }
}
