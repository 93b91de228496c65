package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, IPV4",
        "1.0.0.0, 1.0.0.0, IPV4",
        "2001:DB8::7, 2001:db8::7, IPV6",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1, IPV6",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1, IPV6",
        "::1, ::1, IPV6",
        "1::, 1::, IPV6",
        "0:0:1::, 0:0:1::, IPV6",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221, IPV6",
        "::ffff:192.0.2.7, 192.0.2.7, IPV4",
        "::FFFF:C000:207, 192.0.2.7, IPV4",
        "FE80::1%eth0, fe80::1%eth0, IPV6",
        "Example.NET., example.net, NAME",
        "_dns.example, _dns.example, NAME",
        "localhost, localhost, NAME",
        "1.example, 1.example, NAME",
        "xn--bcher-kva.example, xn--bcher-kva.example, NAME"
    })
    void parse_valid_isCanonical(String given, String text, Address.Kind kind) {
        assertEquals(new Address(text, kind), Address.parse(given));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "192.0.2",
                "192.0.2.300",
                "192.0.2.07",
                "192.0.2.7.9",
                "0x7f.1",
                "1",
                "3232235777",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "ff02::1",
                ":::",
                "1:2:3",
                "1::2::3",
                "[::1]",
                "::1%eth0",
                "fe80::1",
                "FE80:0::1",
                "febf::7",
                "fe80::1%",
                "fe80::1%e th",
                "fe80::1%a%b",
                "192.0.2.7:80",
                "::ffff:224.0.0.1",
                "::ffff:0.0.0.0",
                "::192.0.2.300",
                "-a.example",
                "a-.example",
                "a..example",
                "a b",
                "a/b",
                "http://a",
                "büro.example",
                "a\u0000b"
            })
    void parse_invalid_saysWhatIsWanted(String given) {
        var e = assertThrows(IllegalArgumentException.class, () -> Address.parse(given));
        assertTrue(String.valueOf(e.getMessage()).length() > 10);
    }

    @Test
    void parse_linkLocalWithoutZone_showsHowToWriteIt() {
        var e = assertThrows(IllegalArgumentException.class, () -> Address.parse("FE80:0::1"));
        assertEquals(
                "'FE80:0::1' is link-local, the same on every link: add the interface it is on,"
                        + " such as fe80::1%eth0",
                e.getMessage());
        assertEquals("fec0::1", Address.parse("fec0::1").text(), "no longer link-local");
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void parse_longLabel_isBounded(int length) {
        String given = "a".repeat(length) + ".example";
        if (length == 63) {
            assertEquals(given, Address.parse(given).text());
        } else {
            assertThrows(IllegalArgumentException.class, () -> Address.parse(given));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "240.0.0.1, 240.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "0:0::0, ::",
        "FE80::1, fe80::1",
        "fe80::1%eth0, fe80::1%eth0",
        "FF02::1, ff02::1",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void literal_ofAnyRange_isCanonical(String given, String text) {
        assertEquals(text, Address.literal(given));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gw.example", "192.0.2", "192.0.2.256", "[::1]", "::1%", "::1%a b"})
    void literal_ofAnythingElse_isRefused(String given) {
        assertThrows(IllegalArgumentException.class, () -> Address.literal(given));
    }
}
