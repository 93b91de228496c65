package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.wire.Address;

class HostRangeTest {

    private static List<String> addresses(String arguments) {
        return HostRange.addresses(Arrays.asList(arguments.split(" "))).stream()
                .map(Address::text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 254, 192.0.2.1, 192.0.2.254",
        "192.0.2.77/24, 254, 192.0.2.1, 192.0.2.254",
        "192.0.2.8/30, 2, 192.0.2.9, 192.0.2.10",
        "192.0.2.8/31, 2, 192.0.2.8, 192.0.2.9",
        "192.0.2.8/32, 1, 192.0.2.8, 192.0.2.8",
        "10.1.0.0/16, 65534, 10.1.0.1, 10.1.255.254",
        "192.0.2.250 192.0.3.5, 12, 192.0.2.250, 192.0.3.5",
        "2001:db8::/120, 256, 2001:db8::, 2001:db8::ff",
        "2001:db8::fffe 2001:db8::1:1, 4, 2001:db8::fffe, 2001:db8::1:1",
        "192.0.2.0/30 198.51.100.1 198.51.100.2, 4, 192.0.2.1, 198.51.100.2",
    })
    void addresses_range_hasAllOfItsHosts(String given, int count, String first, String last) {
        List<String> addresses = addresses(given);

        assertEquals(count, addresses.size());
        assertEquals(first, addresses.getFirst());
        assertEquals(last, addresses.getLast());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | '192.0.2.1' is no range",
                "192.0.2.9 192.0.2.1 | write the lower address first",
                "192.0.2.9 2001:db8::1 | two of one family",
                "192.0.2.0/33 | write 0 to 32 after the '/'",
                "192.0.2.0/x | write 0 to 32 after the '/'",
                "a.example/24 | 'a.example' is not an IPv4 or IPv6 address",
                "10.0.0.0/8 | more than 65536 addresses: write a smaller range, such as a /16",
                "2001:db8::/64 | more than 65536 addresses: write a smaller range, such as a /112",
                "10.0.0.0/16 10.1.0.0/16 | more than 65536 addresses",
                "223.255.255.255 224.0.0.1 | multicast",
            })
    void addresses_bad_saysWhatToWrite(String given, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> addresses(given));

        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @Test
    void addresses_largest_isWholeIpv6Range() {
        assertEquals(HostRange.MAX_HOSTS, addresses("2001:db8::/112").size());
    }
}
