package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;

/** What each option does on sockets of our own. */
@ParameterizedClass
@EnumSource(
        value = Kind.class,
        names = {"DATAGRAM", "RAW"})
class PacketOptionsIT extends PacketOptionsContract {

    PacketOptionsIT(Kind kind) {
        super(kind);
    }

    @Test
    void source_linkLocalAddress_isThePackets() throws Exception {
        String local = "fe80::fffe%" + FarEnd.INTERFACE_INDEX;
        PacketOptions options = PacketOptions.DEFAULT.withSource(source(local));

        assertEquals(
                InetAddress.ofLiteral("fe80::fffe"),
                InetAddress.getByAddress(request(options, IPV6).source()));
    }

    @Test
    void dontFragment_routerHasSmallerMtu_everyPingAsksItAgain() throws Exception {
        farEnd.rule("10.21.0.1", Behaviour.error(3, 4, "10.9.9.9", 64));
        farEnd.rule("fd00:21::1", Behaviour.error(2, 0, "fd00:9::9", 64));
        PacketOptions options =
                PacketOptions.DEFAULT.withDontFragment(true).withPayloadBytes(MOST_IPV6);
        try (RunningEngine pings = engine(options)) {
            for (int i = 0; i < 3; i++) {
                assertError(3, 4, "10.9.9.9", pings.decisionOn("10.21.0.1"));
                assertError(2, 0, "fd00:9::9", pings.decisionOn("fd00:21::1"));
            }
        }
        assertEquals(3, farEnd.counts("10.21.0.1").requests());
        assertEquals(3, farEnd.counts("fd00:21::1").requests());
    }

    private static void assertError(int type, int code, String router, Decided d) {
        assertEquals(Outcome.UNREACHABLE, d.outcome(), String.valueOf(d.cause()));
        assertEquals(type, d.errorType());
        assertEquals(code, d.errorCode());
        assertEquals(router, d.errorFrom());
    }

    @Test
    void source_notOfThisMachine_isRefusedWithTheReason() {
        assertRefused(
                "192.0.2.99",
                "source 192.0.2.99: this machine does not take it for IPv4 (EADDRNOTAVAIL): give"
                        + " an address of one of its interfaces, see 'ip address'");
        assertRefused(
                "nope0",
                "source nope0: this machine does not take it for IPv4 (ENODEV): give the name of an"
                        + " interface that is there, see 'ip link'");
        assertRefused(
                "fe80::fffe",
                "source fe80:0:0:0:0:0:0:fffe: this machine does not take it for IPv6 (EINVAL):"
                        + " give a link-local address with its zone, such as fe80::1%eth0");
    }

    private void assertRefused(String source, String message) {
        PacketOptions options = PacketOptions.DEFAULT.withSource(source(source));

        assertEquals(
                message,
                assertThrows(OptionRefusedException.class, () -> engine(options)).getMessage());
    }
}
