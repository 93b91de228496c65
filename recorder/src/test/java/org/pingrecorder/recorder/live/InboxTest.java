package org.pingrecorder.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final Inbox inbox = new Inbox();

    private static List<Inbox.Entry> entry(long id, int bytes) {
        return List.of(new Inbox.Entry("client", id, new byte[bytes]));
    }

    @Test
    void add_whileNobodyListens_keepsNothing() {
        inbox.add(entry(1, 1));
        inbox.open();
        assertEquals(List.of(), inbox.take().entries());
        inbox.add(entry(2, 1));
        inbox.close();
        inbox.open();
        assertEquals(List.of(), inbox.take().entries());
    }

    @Test
    void add_ofTooMuch_dropsTheOldest() {
        inbox.open();
        for (int id = 1; id <= 20; id++) {
            inbox.add(entry(id, 1 << 20));
        }
        Inbox.Delivery delivery = inbox.take();
        long kept = delivery.entries().size();
        assertTrue(kept < 20 && kept > 10, kept + " kept");
        assertEquals(20 - kept + 1, delivery.entries().getFirst().id());
        assertEquals(LongStream.rangeClosed(1, 20 - kept).boxed().toList(), delivery.dropped());
    }

    @Test
    void lookAround_isToldOnce() {
        inbox.open();
        inbox.lookAround();
        assertTrue(inbox.take().isLookDue());
        assertFalse(inbox.take().isLookDue());
    }
}
