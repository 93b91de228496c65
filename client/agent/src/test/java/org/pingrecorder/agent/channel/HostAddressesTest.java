package org.pingrecorder.agent.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostAddressesTest {

    /** As an interface's addresses come from Java, with the interface. */
    private static InetAddress ofInterface(String text) throws UnknownHostException {
        return Inet6Address.getByAddress(null, InetAddress.ofLiteral(text).getAddress(), 7);
    }

    @Test
    void list_isCanonicalWithoutLoopbackAndLinkLocalLast() throws UnknownHostException {
        assertEquals(
                List.of("192.0.2.7", "2001:db8::1", "fe80::1%7"),
                HostAddresses.list(
                        Stream.of(
                                ofInterface("fe80::1"),
                                InetAddress.ofLiteral("127.0.0.1"),
                                InetAddress.ofLiteral("192.0.2.7"),
                                ofInterface("2001:db8:0:0::1"),
                                InetAddress.ofLiteral("192.0.2.7"),
                                InetAddress.ofLiteral("::1"))));
    }

    @Test
    void text_interfaceWithAnOddName_isLeftOut() {
        assertEquals(0, HostAddresses.text("fe80:0:0:0:0:0:0:1%vpn#1", true).count());
        assertEquals(
                List.of("2001:db8::1"),
                HostAddresses.text("2001:db8:0:0:0:0:0:1%vpn#1", false).toList());
    }

    @Test
    void list_ofManyAddresses_isBounded() {
        assertEquals(
                HostAddresses.MOST,
                HostAddresses.list(
                                IntStream.range(0, 200)
                                        .mapToObj(i -> InetAddress.ofLiteral("192.0.2." + i)))
                        .size());
    }
}
