package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @ParameterizedTest
    @CsvSource({"host, 1, 0, 1", "A.b_c-9, 999999999999999999, 1717200000000000, 7", "-, 0, 0, 0"})
    void cursor_leadsBackToItsPosition(String client, long ipId, long atMicros, long id) {
        Position position = new Position(client, ipId, atMicros, id);
        assertEquals(position, Position.ofCursor(position.cursor()));
        assertTrue(position.cursor().matches("[A-Za-z0-9_-]+"), "needs no escape in a URI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host 1 2",
                "host 1 2 3 4",
                "host -1 2 3",
                "host 1 2 9999999999999999999",
                " 1 2 3",
                "a/b 1 2 3",
                "host 1 2 3\n",
                "host  1 2 3",
                "host 1 2 ٣",
            })
    void cursor_ofSomethingElse_isRefused(String text) {
        String cursor =
                Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        assertThrows(IllegalArgumentException.class, () -> Position.ofCursor(cursor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "====", "a", "ü", "\0", "aG9zdA==x"})
    void cursor_thatIsNoBase64_isRefused(String cursor) {
        assertThrows(IllegalArgumentException.class, () -> Position.ofCursor(cursor));
    }
}
