package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class AddressPropertyTest {

    @Property(tries = 3_000)
    void parse_anything_isIdempotentOrRefused(@ForAll("hostile") String given) {
        Address address;
        try {
            address = Address.parse(given);
        } catch (IllegalArgumentException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
            return;
        }
        assertEquals(address, Address.parse(address.text()), "parsed again");
    }

    @Property(tries = 2_000)
    void parse_anyIpv6Address_isTheSameAddress(@ForAll @Size(16) byte[] bytes)
            throws UnknownHostException {
        // Not multicast, not IPv4-mapped, not unspecified.
        bytes[0] = 0x20;
        InetAddress given = InetAddress.getByAddress(bytes);

        Address address = Address.parse(given.getHostAddress());

        assertEquals(given, InetAddress.ofLiteral(address.text()));
        assertEquals(address, Address.parse(address.text()));
        assertEquals(Address.Kind.IPV6, address.kind());
    }

    @Property(tries = 2_000)
    void parse_sparseIpv6Address_isTheSameAddress(@ForAll("sparse") byte[] bytes)
            throws UnknownHostException {
        InetAddress given = InetAddress.getByAddress(bytes);

        Address address = Address.parse(given.getHostAddress());

        assertEquals(given, InetAddress.ofLiteral(address.text()));
        assertEquals(address, Address.parse(address.text()));
    }

    @Property(tries = 2_000)
    void targetsText_anything_isReadWithoutFailing(@ForAll("hostile") String given) {
        TargetsText text = TargetsText.parse(given);

        assertEquals(
                text.targets().size(),
                text.targets().stream().map(t -> t.address().text()).distinct().count());
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> likely =
                Arbitraries.strings().withChars("0123456789abcdfxFX.:%-_ #\n\t").ofMaxLength(24);
        Arbitrary<String> dotted =
                Arbitraries.integers()
                        .between(0, 300)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(5)
                        .map(
                                l -> {
                                    return String.join(
                                            ".", l.stream().map(String::valueOf).toList());
                                });
        return Arbitraries.oneOf(
                likely, dotted, Arbitraries.strings().all().ofMaxLength(80), mapped());
    }

    private static Arbitrary<String> mapped() {
        return Arbitraries.strings()
                .withChars("0123456789abcdef:.")
                .ofMaxLength(15)
                .map(rest -> "::ffff:" + rest);
    }

    @Provide
    Arbitrary<byte[]> sparse() {
        return Arbitraries.of((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0xff)
                .array(byte[].class)
                .ofSize(16)
                .map(
                        bytes -> {
                            bytes[0] = 0x20;
                            return bytes;
                        });
    }
}
