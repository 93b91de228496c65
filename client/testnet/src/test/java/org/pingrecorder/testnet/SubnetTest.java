package org.pingrecorder.testnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.1, true",
        "10.1.0.0/16, 10.2.0.1, false",
        "10.1.2.128/25, 10.1.2.129, true",
        "10.1.2.128/25, 10.1.2.127, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "fd00:1::/32, fd00:1::7, true",
        "fd00:1::/32, fd00:2::7, false",
        "fd00:1:2:3:4::/72, fd00:1:2:3:4::7, true",
        "fd00:1:2:3:4::/72, fd00:1:2:3:104::7, false",
        "fd00:1::/32, 10.0.0.1, false"
    })
    void contains_address_comparesTheFirstBits(String prefix, String address, boolean contained) {
        Subnet host = Subnet.parse(address);

        assertEquals(
                contained, Subnet.parse(prefix).contains(host.ipv6(), host.high(), host.low()));
    }

    @Test
    void contains_everything_ofItsFamilyOnly() {
        assertFalse(Subnet.parse("0.0.0.0/0").contains(true, 0, 0));
    }
}
