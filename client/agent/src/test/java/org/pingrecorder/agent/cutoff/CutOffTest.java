package org.pingrecorder.agent.cutoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pingrecorder.agent.cutoff.CutOff.Verdict.COUNTS;
import static org.pingrecorder.agent.cutoff.CutOff.Verdict.CUT_OFF;
import static org.pingrecorder.agent.cutoff.CutOff.Verdict.HELD;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutOffTest {

    private static final long SECOND = 1_000_000_000;

    /** Monotonic time may be anything, and overflows in this test. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final List<String> told = new ArrayList<>();
    private final CutOff judge = new CutOff(2, new Told());

    private final class Told implements CutOff.Listener {
        @Override
        public void connected() {
            told.add("connected");
        }

        @Override
        public void cutOff(long sinceNanos) {
            told.add("cut off since " + (sinceNanos - START) / SECOND);
        }

        @Override
        public void back(int reference) {
            told.add("back by " + reference);
        }
    }

    private static long at(double seconds) {
        return START + Math.round(seconds * SECOND);
    }

    /** So many rounds in which neither reference answers. */
    private void fail(int rounds, double fromSecond) {
        for (int i = 0; i < rounds; i++) {
            judge.pinged(at(fromSecond + i));
            judge.pinged(at(fromSecond + i + 0.5));
            judge.failed(0);
            judge.failed(1);
        }
    }

    @Test
    void failed_threePingsOfEveryReference_isCutOffSinceTheFirstOfThem() {
        judge.pinged(at(1));
        judge.answered(0, at(1));
        fail(2, 2);
        assertEquals(HELD, judge.verdict(at(1.5)));
        assertEquals(List.of("connected"), told);
        fail(1, 4);
        assertEquals(List.of("connected", "cut off since 2"), told);
        assertEquals(CUT_OFF, judge.verdict(at(1.5)));
    }

    @Test
    void failed_oneReferenceForEver_isNotCutOffWhileTheOtherAnswers() {
        for (int i = 0; i < 20; i++) {
            judge.pinged(at(i));
            judge.failed(0);
            judge.pinged(at(i + 0.5));
            judge.answered(1, at(i + 0.5));
            assertEquals(COUNTS, judge.verdict(at(i)));
        }
        judge.pinged(at(20));
        judge.pinged(at(20.5));
        judge.failed(1);
        judge.failed(1);
        assertEquals(HELD, judge.verdict(at(20)));
        judge.failed(1);
        assertEquals(CUT_OFF, judge.verdict(at(20)));
        assertEquals("cut off since 20", told.getLast());
    }

    @Test
    void answered_byOne_isBackAndWhatWasSentBeforeIsStillLostToIt() {
        fail(3, 0);
        judge.pinged(at(3));
        judge.answered(1, at(3));
        assertEquals(List.of("cut off since 0", "back by 1"), told);
        assertEquals(CUT_OFF, judge.verdict(at(2.9)), "its reply could not come");
        assertEquals(COUNTS, judge.verdict(at(3)));
        judge.failed(0);
        assertEquals(COUNTS, judge.verdict(at(3.1)), "a ping of before the answer");
    }

    @Test
    void cutOff_again_countsAnew() {
        fail(3, 0);
        judge.pinged(at(3));
        judge.answered(0, at(3));
        fail(2, 4);
        assertEquals(HELD, judge.verdict(at(4)));
        assertEquals(CUT_OFF, judge.verdict(at(2)));
        fail(1, 6);
        assertEquals("cut off since 4", told.getLast());
        assertEquals(CUT_OFF, judge.verdict(at(4)));
    }

    @Test
    void verdict_whenAllPingsAreAnswered_counts() {
        assertEquals(COUNTS, judge.verdict(at(0)));
        judge.pinged(at(1));
        assertEquals(HELD, judge.verdict(at(0)), "on its way: nobody knows yet");
        judge.answered(0, at(1));
        assertEquals(COUNTS, judge.verdict(at(0)));
        assertEquals(List.of("connected"), told);
    }

    @Test
    void verdict_withoutReferences_counts() {
        assertEquals(COUNTS, new CutOff(0, new Told()).verdict(at(0)));
    }
}
