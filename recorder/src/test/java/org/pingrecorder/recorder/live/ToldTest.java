package org.pingrecorder.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ToldTest {

    @Test
    void id_thatComesAfterHigherOnes_isNotTold() {
        Told told = new Told(10);
        told.add(15);
        assertTrue(told.contains(10));
        assertFalse(told.contains(11));
        assertTrue(told.contains(15));
    }

    @Test
    void floor_followsTheHighestId() {
        Told told = new Told(0);
        for (long id = 1; id <= 3 * Told.WINDOW; id++) {
            told.add(id);
        }
        assertEquals(2 * Told.WINDOW, told.floor());
        assertTrue(told.contains(1));
        assertFalse(told.contains(3 * Told.WINDOW + 1));
    }
}
