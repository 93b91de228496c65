package org.pingrecorder.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.Address;

class InFlightRoomTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1000, 1",
        "500, 1000, 1",
        "5461, 1000, 1", // 6 each in flight, and twice that is 65,532
        "5462, 1000, 2",
        "10000, 1000, 2",
        "100000, 1000, 19",
        "10000, 100, 16", // 51 each
        "32768, 10000, 1",
        "32769, 10000, 2",
        "10000000, 100, 64", // as many as there may be
    })
    void of_ips_holdsTwiceWhatIsInFlight(int ips, int intervalMillis, int sockets) {
        Pace pace =
                new Pace(
                        Duration.ofMillis(intervalMillis),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3));
        PingedIp ip = new PingedIp(Address.parse("192.0.2.7"), null, null, pace);

        EngineConfig opened = InFlightRoom.of(EngineConfig.DEFAULT, Collections.nCopies(ips, ip));
        assertEquals(sockets, opened.sockets());
        assertEquals(sockets < 64, InFlightRoom.fits(opened, Collections.nCopies(ips, ip)));
    }

    @Test
    void fits_muchMoreThanItWasOpenedFor_isSaid() {
        Pace pace = new Pace(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(3));
        PingedIp ip = new PingedIp(Address.parse("192.0.2.7"), null, null, pace);

        assertTrue(InFlightRoom.fits(EngineConfig.DEFAULT, Collections.nCopies(1_285, ip)));
        assertFalse(InFlightRoom.fits(EngineConfig.DEFAULT, Collections.nCopies(1_286, ip)));
    }
}
