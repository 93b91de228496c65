package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 3, abc",
        "abcd, 3, ab…",
        "abc, 5, 'abc  '",
        "abc, 1, …",
        "abc, 0, ''",
        "東京タワー, 10, 東京タワー",
        "東京タワー, 6, '東京… '",
        "e\u0301a, 2, e\u0301a",
        "🖨ab, 4, 🖨ab",
    })
    void left_isAsWideAsAsked(String text, int cells, String shown) {
        assertEquals(shown, Cells.left(text, cells, "…"));
        assertEquals(cells, Cells.width(shown));
    }
}
