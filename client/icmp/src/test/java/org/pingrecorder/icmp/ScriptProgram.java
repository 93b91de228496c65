package org.pingrecorder.icmp;

import java.net.InetAddress;
import java.util.List;
import org.pingrecorder.icmp.command.PingProgram;
import org.pingrecorder.icmp.command.ProgramResult;
import org.pingrecorder.icmp.packet.PacketOptions;

/**
 * A program of a test's: the same line for each ping, its output read as that of Linux's program.
 *
 * @param script the line
 */
record ScriptProgram(List<String> script) implements PingProgram {

    private static final PingProgram LINUX = PingProgram.of("Linux").orElseThrow();

    @Override
    public String system() {
        return "a test";
    }

    @Override
    public List<String> identify() {
        return script;
    }

    @Override
    public boolean isMeant(String printed) {
        return printed.startsWith("ours");
    }

    @Override
    public String mend() {
        return "write it";
    }

    @Override
    public String name(boolean ipv6) {
        return "sh";
    }

    @Override
    public String refusal(boolean ipv6, PacketOptions packet) {
        return ipv6 ? "no IPv6 in this script" : "";
    }

    @Override
    public List<String> line(boolean ipv6, String address, long waitMillis, PacketOptions packet) {
        return script;
    }

    @Override
    public ProgramResult read(String output, InetAddress target, int payloadBytes, boolean waited) {
        return LINUX.read(output, target, payloadBytes, waited);
    }
}
