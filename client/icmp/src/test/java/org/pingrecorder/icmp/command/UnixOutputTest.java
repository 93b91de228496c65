package org.pingrecorder.icmp.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.icmp.command.ProgramResult.Corrupted;
import org.pingrecorder.icmp.command.ProgramResult.Foreign;
import org.pingrecorder.icmp.command.ProgramResult.GaveUp;
import org.pingrecorder.icmp.command.ProgramResult.NotSent;
import org.pingrecorder.icmp.command.ProgramResult.Reply;
import org.pingrecorder.icmp.command.ProgramResult.Silence;
import org.pingrecorder.icmp.command.ProgramResult.Unreachable;

/** Outputs of iputils 20221126 as captured, of the BSDs as documented, and texts of strangers. */
class UnixOutputTest {

    private static final InetAddress IPV4 = InetAddress.ofLiteral("10.1.2.3");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("fd00::7");

    private static final String NOTHING_RECEIVED =
            """

            --- 10.1.2.3 ping statistics ---
            1 packets transmitted, 0 received, 100% packet loss, time 0ms

            """;

    private static ProgramResult read(String output) {
        return UnixOutput.read(output, IPV4, 56, false);
    }

    private static ProgramResult readV6(String output) {
        return UnixOutput.read(output, IPV6, 56, false);
    }

    @Test
    void read_iputilsReply_isAReply() {
        assertEquals(
                new Reply(78_000, 64, 64),
                read(
                        """
                        PING 10.1.2.3 (10.1.2.3) 56(84) bytes of data.
                        64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=0.078 ms

                        --- 10.1.2.3 ping statistics ---
                        1 packets transmitted, 1 received, 0% packet loss, time 0ms
                        rtt min/avg/max/mdev = 0.078/0.078/0.078/0.000 ms
                        """));
        assertEquals(
                new Reply(1_234_000_000, 61, 64),
                readV6(
                        """
                        PING fd00::7(fd00::7) 56 data bytes
                        64 bytes from fd00::7: icmp_seq=1 ttl=61 time=1234 ms
                        """));
    }

    @Test
    void read_macReply_isAReply() {
        assertEquals(
                new Reply(12_345_000, 117, 64),
                read(
                        """
                        PING 10.1.2.3 (10.1.2.3): 56 data bytes
                        64 bytes from 10.1.2.3: icmp_seq=0 ttl=117 time=12.345 ms

                        --- 10.1.2.3 ping statistics ---
                        1 packets transmitted, 1 packets received, 0.0% packet loss
                        round-trip min/avg/max/stddev = 12.345/12.345/12.345/0.000 ms
                        """));
        assertEquals(
                new Reply(58_000, 64, 64),
                readV6(
                        """
                        PING6(104=40+8+56 bytes) fd00::1 --> fd00::7
                        64 bytes from fd00::7, icmp_seq=0 hlim=64 time=0.058 ms
                        """));
    }

    @Test
    void read_replyWithZone_isTheTargets() {
        assertEquals(
                new Reply(1_000_000, 64, 64),
                UnixOutput.read(
                        "64 bytes from fe80::7%far0: icmp_seq=1 ttl=64 time=1.00 ms",
                        InetAddress.ofLiteral("fe80::7"), 56, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Destination Net Unreachable | 3 | 0",
                "Destination Host Unreachable | 3 | 1",
                "Destination Port Unreachable | 3 | 3",
                "Frag needed and DF set (mtu = 1400) | 3 | 4",
                "Destination Host Prohibited | 3 | 10",
                "Destination Net Unreachable for Type of Service | 3 | 11",
                "Packet filtered | 3 | 13",
                "Time to live exceeded | 11 | 0",
                "Frag reassembly time exceeded | 11 | 1",
                "Parameter problem: pointer = 1 | 12 | 0",
            })
    void read_iputilsError_isUnreachable(String text, int type, int code) {
        assertEquals(
                new Unreachable(type, code, InetAddress.ofLiteral("10.9.9.9")),
                read("From 10.9.9.9 icmp_seq=1 " + text + "\n" + NOTHING_RECEIVED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Destination unreachable: No route | 1 | 0",
                "Destination unreachable: Administratively prohibited | 1 | 1",
                "Destination unreachable: Address unreachable | 1 | 3",
                "Destination unreachable: Port unreachable | 1 | 4",
                "Packet too big: mtu=1280 | 2 | 0",
                "Time exceeded: Hop limit | 3 | 0",
            })
    void read_iputilsErrorOfIpv6_isUnreachable(String text, int type, int code) {
        assertEquals(
                new Unreachable(type, code, InetAddress.ofLiteral("fd00:9::9")),
                readV6("From fd00:9::9 icmp_seq=1 " + text + "\n" + NOTHING_RECEIVED));
    }

    @Test
    void read_macError_isUnreachable() {
        assertEquals(
                new Unreachable(3, 1, InetAddress.ofLiteral("10.9.9.9")),
                read(
                        """
                        PING 10.1.2.3 (10.1.2.3): 56 data bytes
                        92 bytes from 10.9.9.9: Destination Host Unreachable
                        Vr HL TOS  Len   ID Flg  off TTL Pro  cks      Src      Dst
                         4  5  00 5400 1b52   0 0000  3f  01 0000 10.0.0.5  10.1.2.3

                        --- 10.1.2.3 ping statistics ---
                        1 packets transmitted, 0 packets received, 100.0% packet loss
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Request timeout for icmp_seq 0",
                "ping: Warning: source address might be selected on device other than: lo.",
                ""
            })
    void read_endedWithoutReply_isSilence(String line) {
        assertEquals(new Silence(), read("PING 10.1.2.3\n" + line + NOTHING_RECEIVED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From 10.9.9.9 icmp_seq=1 Redirect Host(New nexthop: 10.9.9.8)",
                "From 10.9.9.9: icmp_seq=1 Source Quench",
                "92 bytes from 10.9.9.9: Redirect Host(New addr: 10.9.9.8)",
            })
    void read_endedByAnErrorThatDecidesNothing_gaveUp(String line) {
        assertEquals(new GaveUp(), read(line + "\n" + NOTHING_RECEIVED));
        assertEquals(new Silence(), UnixOutput.read(line, IPV4, 56, true));
    }

    @Test
    void read_redirectThenReply_isAReply() {
        assertInstanceOf(
                Reply.class,
                read(
                        """
                        From 10.9.9.9 icmp_seq=1 Redirect Host(New nexthop: 10.9.9.8)
                        64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=0.078 ms
                        """));
    }

    @Test
    void read_waitedForInVain_isSilenceWhateverItPrinted() {
        assertEquals(new Silence(), UnixOutput.read("", IPV4, 56, true));
        assertEquals(new Silence(), UnixOutput.read("PING 10.1.2.3\n", IPV4, 56, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping: connect: Network is unreachable | ENETUNREACH",
                "ping: sendto: No route to host | EHOSTUNREACH",
                "ping6: UDP connect: No route to host | EHOSTUNREACH",
                "ping: sendmsg: Operation not permitted | EPERM",
                "ping: local error: message too long, mtu=1500 | EMSGSIZE",
                "ping: bind: Cannot assign requested address | EADDRNOTAVAIL",
                "ping: unknown iface nope0 | unknown iface nope0",
                "sh: ping: not found | sh: ping: not found",
            })
    void read_complaint_isNotSentWithItsCause(String output, String cause) {
        assertEquals(new NotSent(cause), read(output + "\n"));
    }

    @Test
    void read_complaintAndStatistics_isNotSent() {
        assertEquals(
                new NotSent("EPERM"),
                read("ping: sendmsg: Operation not permitted\n" + NOTHING_RECEIVED));
    }

    @Test
    void read_nothingPrinted_isNotSent() {
        assertEquals(new NotSent("it printed nothing"), read(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=0.078 ms (BAD CHECKSUM!)",
                "63 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=0.078 ms",
                "64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=0.078 ms\n"
                        + "wrong data byte #55 should be 0x37 but was 0x62"
            })
    void read_replyWithWrongBytes_isCorrupted(String output) {
        assertEquals(new Corrupted(), read(output));
    }

    @Test
    void read_replyOfAnother_isForeign() {
        assertEquals(
                new Foreign(),
                read(
                        "64 bytes from 10.1.2.4: icmp_seq=1 ttl=64 time=0.07 ms (DIFFERENT"
                                + " ADDRESS!)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=99999999999999999999 ms",
                "64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=-1 ms",
                "64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=NaN ms",
                "64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=0.1.2 ms",
                "99999999999 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=1 ms",
                "64 bytes from 10.1.2.3: icmp_seq=1 ttl=99999 time=1 ms",
                "x 64 bytes from 10.1.2.3: icmp_seq=1 ttl=64 time=1 ms",
                "From 10.9.9.9 icmp_seq=1",
                "\u0000\u0001\u001b[31m",
            })
    void read_nonsense_isNotSentWithThatLine(String line) {
        String cause = assertInstanceOf(NotSent.class, read(line)).cause();
        assertTrue(cause.length() <= 200 && cause.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void read_endlessLine_isCut() {
        NotSent refused = assertInstanceOf(NotSent.class, read("=1".repeat(4_096)));
        assertEquals(200, refused.cause().length());
    }

    @Test
    void read_errorFromNowhere_hasNoRouter() {
        assertEquals(
                new Unreachable(3, 1, null),
                read("From somewhere icmp_seq=1 Destination Host Unreachable"));
    }
}
