package org.pingrecorder.oneoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;

class HostLookupTest {

    private static final Address IPV4 = Address.parse("192.0.2.7");
    private static final Address IPV6 = Address.parse("2001:db8::7");

    private static String found(Address address, @Nullable Family family)
            throws UnknownHostException {
        return HostLookup.find(address, family, null).toString();
    }

    private static @Nullable String fault(Address address, Family family) {
        return assertThrows(
                        UnknownHostException.class, () -> HostLookup.find(address, family, null))
                .getMessage();
    }

    @Test
    void find_addressWithoutFamily_isItself() throws UnknownHostException {
        assertEquals("192.0.2.7", found(IPV4, null));
        assertEquals("2001:db8::7", found(IPV6, null));
    }

    @Test
    void find_family_admitsOnlyItsAddresses() throws UnknownHostException {
        assertEquals("192.0.2.7", found(IPV4, Family.IPV4));
        assertEquals("2001:db8::7", found(IPV6, Family.IPV6));
        assertEquals("192.0.2.7 has no IPv6 address", fault(IPV4, Family.IPV6));
        assertEquals("2001:db8::7 has no IPv4 address", fault(IPV6, Family.IPV4));
    }

    @Test
    void find_currentStillAnAnswer_isKept() throws UnknownHostException {
        EchoTarget current = EchoTarget.of(InetAddress.ofLiteral("192.0.2.7"));

        assertSame(current, HostLookup.find(IPV4, null, current));
        assertSame(current, HostLookup.find(IPV4, Family.IPV4, current));
    }

    @Test
    void find_currentOfAnotherFamily_isReplaced() throws UnknownHostException {
        EchoTarget current = EchoTarget.of(InetAddress.ofLiteral("192.0.2.7"));

        assertEquals("2001:db8::7", HostLookup.find(IPV6, Family.IPV6, current).toString());
    }
}
