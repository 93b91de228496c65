package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolClockTest {

    private static final SpoolClock FIRST = new SpoolClock(3L, 5_000_000L);

    @ParameterizedTest
    @CsvSource({
        "5_100_000, 5_000_000",
        "4_900_000, 5_000_000",
        "5_100_001, 5_100_001",
        "4_899_999, 4_899_999",
        "-5_000_000, -5_000_000"
    })
    void estimate_ofTheSameEpoch_countsWhereItIsOffByMoreThanATenth(String told, String kept) {
        SpoolClock next = FIRST.after(3L, Long.valueOf(told.replace("_", "")));
        assertEquals(Long.valueOf(kept.replace("_", "")), next.offsetMicros());
    }

    @Test
    void epoch_thatIsNew_takesItsOwnEstimateOrNone() {
        assertEquals(new SpoolClock(4L, 5_000_001L), FIRST.after(4L, 5_000_001L));
        assertEquals(0, FIRST.after(4L, null).correctionMicros());
    }

    @Test
    void estimate_thatIsMissing_leavesTheLastOneOfTheEpoch() {
        assertSame(FIRST, FIRST.after(3L, null));
        assertSame(FIRST, FIRST.after(null, null));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000000, 0", "-1000000, 0", "1000001, 1000001", "-1000001, -1000001"})
    void correction_beginsBeyondASecond(long offset, long correction) {
        assertEquals(correction, new SpoolClock(1L, offset).correctionMicros());
    }
}
