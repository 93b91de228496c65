package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "site-1.example_2", "...", "A"})
    void check_valid_isReturned(String name) {
        assertEquals(name, ClientName.check(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "ä", "a\n"})
    void check_invalid_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> ClientName.check(name));
        assertThrows(IllegalArgumentException.class, () -> ClientName.check("a".repeat(65)));
    }
}
