package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Address;

class FlightsTest {

    private final PingedIp ip =
            new PingedIp(
                    Address.parse("192.0.2.7"),
                    null,
                    null,
                    new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO));

    @Test
    void take_beyondCapacity_keepsEveryRecordApart() {
        Flights flights = new Flights();
        List<Long> handles = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            handles.add(flights.take(ip, i, -i, i % 2));
            if (i % 3 == 2) {
                flights.release(handles.remove(0));
            }
        }

        assertEquals(handles.size(), flights.inFlight());
        assertEquals(handles.size(), new HashSet<>(handles).size());
        for (int i = 0; i < handles.size(); i++) {
            long handle = handles.get(i);
            assertEquals(333 + i, flights.plannedEpochMicros(handle));
            assertEquals(-(333 + i), flights.dueNanos(handle));
            assertEquals((333 + i) % 2, flights.clockSteps(handle));
        }
        assertEquals(333, flights.oldestEpochMicros().orElseThrow());
        handles.forEach(flights::release);
        assertEquals(0, flights.inFlight());
        assertTrue(flights.oldestEpochMicros().isEmpty());
    }
}
