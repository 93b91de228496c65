package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoTargetTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "223.255.255.254, 223.255.255.254",
        "::1, ::1",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // the longer run
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", // the first of two
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // one group is no run
        "2001:DB8:1::, 2001:db8:1::",
        "fe80::1%1, fe80::1%1"
    })
    void toString_address_isCanonical(String address, String canonical) throws Exception {
        InetAddress parsed = InetAddress.getByName(address);
        EchoTarget target = EchoTarget.of(parsed);

        assertEquals(canonical, target.toString());
        assertEquals(parsed, target.address());
        assertEquals(EchoTarget.of(parsed), target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.0.0.5",
                "224.0.0.1",
                "239.1.2.3",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "ff02::1"
            })
    void of_manyHostsOrNone_isRefused(String address) throws Exception {
        InetAddress parsed = InetAddress.getByName(address);

        assertThrows(IllegalArgumentException.class, () -> EchoTarget.of(parsed));
    }

    @Test
    void isAt_scope_isComparedWhereBothAreKnown() throws Exception {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
        EchoTarget scoped = EchoTarget.of(Inet6Address.getByAddress(null, linkLocal, 3));

        assertTrue(scoped.isAt(scoped.high(), scoped.low(), 3));
        assertTrue(scoped.isAt(scoped.high(), scoped.low(), 0));
        assertFalse(scoped.isAt(scoped.high(), scoped.low(), 4));
        assertFalse(scoped.isAt(scoped.high(), scoped.low() + 1, 3));
        assertNotEquals(EchoTarget.of(InetAddress.getByAddress(linkLocal)), scoped);
    }
}
