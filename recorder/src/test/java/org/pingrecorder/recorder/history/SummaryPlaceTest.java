package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.wire.Family;

class SummaryPlaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "fe80::1%eth0", "example.org"})
    void cursor_leadsBackToItsPlace(String ip) {
        for (SummaryPlace place :
                new SummaryPlace[] {
                    new SummaryPlace("site-1", ip, null), new SummaryPlace("a", ip, Family.IPV6)
                }) {
            assertEquals(place, SummaryPlace.ofCursor(place.cursor()));
            assertTrue(place.cursor().matches("[A-Za-z0-9_-]+"), "needs no escape in a URI");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b ipv5", "a b", "a b c d"})
    void cursor_ofSomethingElse_isRefused(String text) {
        String cursor = CursorText.of(text);
        assertThrows(IllegalArgumentException.class, () -> SummaryPlace.ofCursor(cursor));
    }

    @Test
    void places_areInTheOrderOfTheListing() {
        SummaryPlace none = new SummaryPlace("a", "example.org", null);
        SummaryPlace four = new SummaryPlace("a", "example.org", Family.IPV4);
        SummaryPlace six = new SummaryPlace("a", "example.org", Family.IPV6);
        SummaryPlace other = new SummaryPlace("b", "192.0.2.1", null);
        assertTrue(none.compareTo(four) < 0);
        assertTrue(four.compareTo(six) < 0);
        assertTrue(six.compareTo(other) < 0);
    }
}
