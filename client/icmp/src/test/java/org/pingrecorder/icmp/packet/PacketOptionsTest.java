package org.pingrecorder.icmp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketOptionsTest {

    private static void assertRefused(UnaryOperator<PacketOptions> change, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> change.apply(PacketOptions.DEFAULT))
                        .getMessage());
    }

    @Test
    void with_outOfBounds_isRefused() {
        assertRefused(o -> o.withPayloadBytes(15), "payloadBytes is 16 to 65507, not 15");
        assertRefused(o -> o.withPayloadBytes(65_508), "payloadBytes is 16 to 65507, not 65508");
        assertRefused(o -> o.withTtl(256), "ttl is 0 to 255, not 256");
        assertRefused(o -> o.withDscp(64), "dscp is 0 to 63, not 64");
    }

    @Test
    void with_each_changesOnlyThat() {
        PacketSource eth0 = PacketSource.parse("eth0");

        assertEquals(
                new PacketOptions(100, 9, 8, true, eth0),
                PacketOptions.DEFAULT
                        .withSource(eth0)
                        .withDontFragment(true)
                        .withDscp(8)
                        .withTtl(9)
                        .withPayloadBytes(100));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "63,63", "cs0,0", "CS1,8", "cs7,56", "AF11,10", "af43,38", "EF,46", "va,44", "LE,1"
    })
    void dscp_numberOrName_isItsCodePoint(String text, int codePoint) {
        assertEquals(codePoint, Dscp.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "-1", "CS8", "AF44", "AF51", "0x2e", "best"})
    void dscp_anythingElse_isRefused(String text) {
        assertEquals(
                "'" + text + "' is no code point: write 0 to 63 or a name such as EF, AF41 or CS1",
                assertThrows(IllegalArgumentException.class, () -> Dscp.parse(text)).getMessage());
    }

    @Test
    void source_oneAddress_servesItsFamily() {
        PacketSource source = PacketSource.parse("192.0.2.7");

        assertEquals(InetAddress.ofLiteral("192.0.2.7"), source.address(false));
        assertNull(source.address(true));
        assertTrue(source.serves(false));
        assertFalse(source.serves(true));
        PacketOptions options = PacketOptions.DEFAULT.withSource(source);
        assertEquals("", options.whyNoSource(false));
        assertEquals("no IPv6 source address given", options.whyNoSource(true));
    }

    @Test
    void source_interface_servesBoth() {
        PacketSource source = PacketSource.parse("br-0123456789ab");

        assertEquals("br-0123456789ab", source.interfaceName());
        assertTrue(source.serves(false) && source.serves(true));
        assertNull(source.address(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "192.0.2.7,2001:db8:0:0:0:0:0:7", "eth0.100"})
    void source_text_isReadBack(String text) {
        assertEquals(text, PacketSource.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "192.0.2.7,",
                "192.0.2.300",
                "192.0.2.7,192.0.2.8",
                "::1,::1",
                "eth0,192.0.2.7",
                "a name",
                "0123456789abcdef",
                "éééééééé",
                "0.0.0.0",
                "ff02::1",
                "1::2::3",
                "fe80::1%no-such-interface"
            })
    void source_anythingElse_isRefused(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PacketSource.parse(text));
        String said = refused.toString();
        assertTrue(said.contains("'" + text + "' is no source: write "), said);
    }
}
