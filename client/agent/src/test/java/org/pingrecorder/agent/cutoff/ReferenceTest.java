package org.pingrecorder.agent.cutoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {

    @Test
    void parseAll_addressesAndTheGateway_areThemOnceEach() {
        List<Reference> all = Reference.parseAll("gateway, 192.0.2.1,2001:DB8::1,192.0.2.1");
        assertEquals("[gateway, 192.0.2.1, 2001:db8::1]", all.toString());
        assertTrue(all.getFirst().isGateway());
        assertFalse(all.getLast().isGateway());
    }

    @Test
    void parseAll_nothing_isNone() {
        assertEquals(List.of(), Reference.parseAll(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example | neither an address nor 'gateway'",
                "192.0.2.1,,192.0.2.2 | is empty",
                "192.0.2.300 | not an IPv4 address",
                "224.0.0.1 | of one host",
                "192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4,192.0.2.5,gateway | name 5 at most",
            })
    void parseAll_anythingElse_saysWhatToWrite(String text, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Reference.parseAll(text));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }
}
