package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The equations in the javadoc of {@link EngineCounters}. */
final class CountersEquation {

    private CountersEquation() {}

    static void check(EngineCounters c) {
        String text = c.toString();
        assertEquals(c.handedOver(), c.sent() + c.sendErrors() + c.notSent(), text);
        assertTrue(c.inFlight() >= 0, text);
        assertEquals(
                c.received(),
                c.replies() + c.late() + c.duplicates() + c.expired() + c.foreign() + c.corrupted(),
                text);
        assertEquals(c.errorsReceived(), c.unreachable() + c.errorsIgnored(), text);
    }
}
