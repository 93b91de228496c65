package org.pingrecorder.icmp.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/** The command lines; only those of Linux are also run, by CommandEngineIT. */
class PingProgramTest {

    private static final PacketOptions ALL = new PacketOptions(100, 9, 46, true, null);

    private static PingProgram of(String system) {
        return PingProgram.of(system).orElseThrow();
    }

    private static PacketOptions from(String source) {
        return PacketOptions.DEFAULT.withSource(PacketSource.parse(source));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Linux | false | ping -n -c 1 -W 2 -s 56 H",
                "Linux | true | ping -n -c 1 -W 2 -s 56 H",
                "Mac OS X | false | ping -n -c 1 -W 1500 -s 56 H",
                "Mac OS X | true | ping6 -n -c 1 -s 56 H",
                "FreeBSD | false | ping -n -c 1 -s 56 -W 1500 H",
                "FreeBSD | true | ping6 -n -c 1 -s 56 H",
                "Windows 11 | false | ping -n 1 -w 1500 -l 56 H",
                "Windows 11 | true | ping -n 1 -w 1500 -l 56 H",
            })
    void line_withoutOptions_isOnePing(String system, boolean ipv6, String line) {
        assertEquals(
                line, String.join(" ", of(system).line(ipv6, "H", 1_500, PacketOptions.DEFAULT)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Linux | false | ping -n -c 1 -W 1 -s 100 -t 9 -Q 184 -M do H",
                "Linux | true | ping -n -c 1 -W 1 -s 100 -t 9 -Q 184 -M do H",
                "Mac OS X | false | ping -n -c 1 -W 1000 -s 100 -m 9 -z 184 -D H",
                "Mac OS X | true | ping6 -n -c 1 -s 100 -h 9 -z 184 -D H",
                "FreeBSD | false | ping -n -c 1 -s 100 -W 1000 -m 9 -z 184 -D H",
            })
    void line_withOptions_hasThemAll(String system, boolean ipv6, String line) {
        assertEquals("", of(system).refusal(ipv6, ALL));
        assertEquals(line, String.join(" ", of(system).line(ipv6, "H", 1_000, ALL)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Linux | eth0 | -I eth0",
                "Linux | 192.0.2.7 | -I 192.0.2.7",
                "Mac OS X | en0 | -b en0",
                "Mac OS X | 192.0.2.7 | -S 192.0.2.7",
                "FreeBSD | 192.0.2.7 | -S 192.0.2.7",
                "Windows 11 | 192.0.2.7 | -S 192.0.2.7",
            })
    void line_withSource_hasIt(String system, String source, String expected) {
        PingProgram program = of(system);

        assertEquals("", program.refusal(false, from(source)));
        String line = String.join(" ", program.line(false, "H", 1_000, from(source)));
        assertTrue(line.endsWith(" " + expected + " H"), line);
    }

    @Test
    void refusal_whatAProgramCannotSet_isNamed() {
        PacketOptions df = PacketOptions.DEFAULT.withDontFragment(true);
        PacketOptions dscp = PacketOptions.DEFAULT.withDscp(8);
        PingProgram windows = of("Windows 11");

        assertEquals("dscp: Windows sets none for its ping program", windows.refusal(false, dscp));
        assertEquals("", windows.refusal(false, df));
        assertEquals(
                "dont-fragment: not for IPv6 with the ping program of Windows",
                windows.refusal(true, df));
        assertEquals(
                "source: the ping program of Windows takes an address, no interface",
                windows.refusal(false, from("eth0")));
        assertEquals(
                "size: the ping program of Windows takes up to 65500",
                windows.refusal(false, PacketOptions.DEFAULT.withPayloadBytes(65_501)));
        assertEquals(
                "source: the ping program of FreeBSD takes an address, no interface",
                of("FreeBSD").refusal(false, from("em0")));
        assertEquals(
                "ttl, dscp and dont-fragment: not for IPv6 with the ping program of FreeBSD",
                of("FreeBSD").refusal(true, dscp));
    }

    @Test
    void of_unknownSystem_isEmpty() {
        assertTrue(PingProgram.of("Plan 9").isEmpty());
    }

    @Test
    void isMeant_otherProgramOfThatName_isNot() {
        assertTrue(of("Linux").isMeant("ping from iputils 20221126"));
        assertEquals(false, of("Linux").isMeant("BusyBox v1.36.1 multi-call binary"));
    }
}
