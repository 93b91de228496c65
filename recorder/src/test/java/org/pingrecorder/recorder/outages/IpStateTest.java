package org.pingrecorder.recorder.outages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

final class IpStateTest {

    private static final long SECOND = 1_000_000;
    private static final long START = 1_763_704_800 * SECOND;

    private final IpState state = new IpState();
    private final List<Outage> outages = new ArrayList<>();

    /**
     * One ping a second: r reply, l late, t timeout, u unreachable, x timeout while cut off, m
     * missed, . none.
     */
    private void pings(String outcomes) {
        add(samples(outcomes, SECOND));
    }

    private static Samples samples(String outcomes, long interval) {
        Samples samples = new Samples();
        for (int i = 0; i < outcomes.length(); i++) {
            Outcome outcome = outcome(outcomes.charAt(i));
            if (outcome != null) {
                int at =
                        samples.add(
                                START + i * SECOND,
                                interval,
                                outcome,
                                outcome.hasLatency() ? 7 : -1);
                if (outcomes.charAt(i) == 'x') {
                    samples.setExtra(at, new Extra(0, 0, true, null));
                }
            }
        }
        return samples;
    }

    private static @Nullable Outcome outcome(char letter) {
        return switch (letter) {
            case 'r' -> Outcome.REPLY;
            case 'l' -> Outcome.LATE;
            case 't', 'x' -> Outcome.TIMEOUT;
            case 'u' -> Outcome.UNREACHABLE;
            case 's' -> Outcome.SEND_ERROR;
            case 'n' -> Outcome.RESOLVE_ERROR;
            case 'm' -> Outcome.MISSED;
            default -> null;
        };
    }

    private void add(Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            state.add(samples, i, outages::add);
        }
    }

    private static Outage outage(
            int from, @Nullable Integer to, int lost, String cause, boolean byGap) {
        return new Outage(
                START + from * SECOND, to == null ? null : START + to * SECOND, lost, cause, byGap);
    }

    private void assertState(State expected, int sinceSecond) {
        assertEquals(expected, state.state());
        assertEquals(START + sinceSecond * SECOND, state.stateSinceMicros());
    }

    @Test
    void add_twoLost_isNoOutage() {
        pings("rttr");
        assertEquals(List.of(), outages);
        assertEquals(List.of(), state.running());
        assertState(State.UP, 0);
    }

    @Test
    void add_threeLost_isAnOutageFromTheFirstToTheNextReply() {
        pings("rrttt");
        assertEquals(List.of(outage(2, null, 3, "timeout", false)), state.running());
        assertState(State.DOWN, 2);

        add(samples("......r", SECOND));
        assertEquals(List.of(), state.running());
        assertState(State.UP, 6);
    }

    @Test
    void add_lateReply_endsAnOutage() {
        pings("tttt.l");
        assertEquals(List.of(outage(0, 5, 4, "timeout", false)), outages);
        assertState(State.LATE, 5);
    }

    @Test
    void add_notSent_neitherExtendsNorBreaksTheRun() {
        pings("rtmsntm.ur");
        assertEquals(List.of(outage(1, 9, 3, "timeout", false)), outages);
    }

    @Test
    void add_lostWhileCutOff_neitherExtendsNorBreaksTheRunAndIsToldBeside() {
        pings("rtxxtmxt.ur");
        assertEquals(
                List.of(
                        outage(2, 4, 2, "cut_off", false),
                        outage(6, 7, 1, "cut_off", false),
                        outage(1, 10, 4, "timeout", false)),
                outages);
        assertState(State.UP, 10);
    }

    @Test
    void add_onlyLostWhileCutOff_isNoOutageAndSoonUnknown() {
        pings("rxxxxxxxxxxxxxxx");
        assertEquals(List.of(outage(1, null, 15, "cut_off", false)), state.running());
        assertEquals(0, state.lostRun());
        assertState(State.UP, 0);
        assertEquals(State.UNKNOWN, state.stateAt(START + 15 * SECOND));
        assertEquals(List.of(outage(1, 15, 15, "cut_off", true)), state.runningUntilGap());
    }

    @Test
    void add_cutOffWithAGapBehindIt_endsAtItsLastPing() {
        pings("tttxxm..........r");
        assertEquals(
                List.of(outage(0, 2, 3, "timeout", true), outage(3, 4, 2, "cut_off", true)),
                outages);
    }

    @Test
    void add_gapOfTenIntervals_goesOn() {
        pings("tt.........t");
        assertEquals(List.of(outage(0, null, 3, "timeout", false)), state.running());
    }

    @Test
    void add_gapOfElevenIntervals_resetsTheRun() {
        pings("tt..........t");
        assertEquals(List.of(), state.running());
        assertEquals(1, state.lostRun());
    }

    @Test
    void add_gapOfMore_endsTheOutageAtItsLastLostPing() {
        pings("tttm..........t");
        assertEquals(List.of(outage(0, 2, 3, "timeout", true)), outages);
        assertEquals(1, state.lostRun());
        assertState(State.UP, 14);
    }

    @Test
    void add_notSentPings_areNoGap() {
        pings("ttmmmmmmmmmmmmmmt");
        assertEquals(List.of(outage(0, null, 3, "timeout", false)), state.running());
    }

    @Test
    void add_pingsOnNoTimetable_haveAnIntervalOfAMinute() {
        Samples samples = new Samples();
        samples.add(START, 0, Outcome.TIMEOUT, -1);
        samples.add(START, 0, Outcome.TIMEOUT, -1);
        samples.add(START + 600 * SECOND, 0, Outcome.TIMEOUT, -1);
        add(samples);
        assertEquals(List.of(outage(0, null, 3, "timeout", false)), state.running());
        samples.clear();
        samples.add(START + 1_201 * SECOND, 0, Outcome.TIMEOUT, -1);
        add(samples);
        assertEquals(List.of(outage(0, 600, 3, "timeout", true)), outages);
    }

    @Test
    void add_longerIntervalFromThePingAfter_isNoGap() {
        pings("ttt");
        Samples slow = new Samples();
        slow.add(START + 62 * SECOND, 60 * SECOND, Outcome.TIMEOUT, -1);
        add(slow);
        assertEquals(List.of(outage(0, null, 4, "timeout", false)), state.running());
    }

    @Test
    void add_lostAfterLate_isUp() {
        pings("rl");
        assertState(State.LATE, 1);
        pings("..t");
        assertState(State.UP, 2);
    }

    @Test
    void add_unreachable_tellsWhatIsKnown() {
        Samples samples = samples("uuu", SECOND);
        samples.setExtra(0, new Extra(0, 0, false, new Cause(3, 1, "192.0.2.1", null)));
        add(samples);
        assertEquals(
                "unreachable type 3 code 1 from 192.0.2.1", state.running().getFirst().cause());
    }

    @Test
    void stateAt_isUnknown_whenNothingWasDecidedForAWhile() {
        pings("r");
        assertEquals(State.UP, state.stateAt(START + 15 * SECOND - 1));
        assertEquals(State.UNKNOWN, state.stateAt(START + 15 * SECOND));
        pings(".m.m.m.m.m.m");
        assertEquals(State.UNKNOWN, state.stateAt(START + 15 * SECOND));
    }

    @Test
    void stateAt_ofSlowPings_allowsThreeIntervals() {
        add(samples("r", 60 * SECOND));
        assertEquals(State.UP, state.stateAt(START + 185 * SECOND - 1));
        assertEquals(State.UNKNOWN, state.stateAt(START + 185 * SECOND));
    }

    @Test
    void state_beforeAPingIsSent_isUnknown() {
        pings("mss");
        assertState(State.UNKNOWN, 0);
        assertEquals(State.UNKNOWN, state.stateAt(START));
    }

    @Test
    void add_randomPings_makesTheOutagesThatTheWordsMake() {
        Random random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder outcomes = new StringBuilder();
            int length = random.nextInt(40);
            while (outcomes.length() < length) {
                outcomes.append("rlttttuuxxsnm....".charAt(random.nextInt(17)));
                if (random.nextInt(12) == 0) {
                    outcomes.append("...........".substring(random.nextInt(3)));
                }
            }
            Samples samples = samples(outcomes.toString(), SECOND);
            IpState one = new IpState();
            List<Outage> found = new ArrayList<>();
            for (int i = 0; i < samples.size(); i++) {
                one.add(samples, i, found::add);
            }
            found.addAll(one.running());
            found.sort(Outage.IN_ORDER);
            List<Outage> expected = byTheWords(samples);
            expected.addAll(cutOffByTheWords(samples));
            expected.sort(Outage.IN_ORDER);
            assertEquals(expected, found, outcomes.toString());
        }
    }

    /** The rule, looked up from each lost ping anew instead of carried along. */
    private static List<Outage> byTheWords(Samples samples) {
        List<Outage> found = new ArrayList<>();
        for (int first = 0; first < samples.size(); first++) {
            if (!isLost(samples, first) || continuesARun(samples, first)) {
                continue;
            }
            int lost = 0;
            int last = first;
            Long end = null;
            boolean byGap = false;
            for (int i = first; i < samples.size() && end == null; i++) {
                if (i > first && isGapBefore(samples, i)) {
                    end = samples.atMicros(last);
                    byGap = true;
                } else if (isLost(samples, i)) {
                    lost++;
                    last = i;
                } else if (samples.outcome(i).hasLatency()) {
                    end = samples.atMicros(i);
                }
            }
            if (lost >= 3) {
                String cause = samples.outcome(first).text();
                found.add(new Outage(samples.atMicros(first), end, lost, cause, byGap));
            }
        }
        return found;
    }

    /** The same for the times in which the client was cut off. */
    private static List<Outage> cutOffByTheWords(Samples samples) {
        List<Outage> found = new ArrayList<>();
        for (int first = 0; first < samples.size(); first++) {
            int before = first - 1;
            while (before >= 0 && isNotSent(samples, before) && !isGapBefore(samples, before + 1)) {
                before--;
            }
            boolean goesOn =
                    before >= 0 && isCutOff(samples, before) && !isGapBefore(samples, before + 1);
            if (!isCutOff(samples, first) || goesOn) {
                continue;
            }
            int lost = 1;
            int last = first;
            Long end = null;
            boolean byGap = false;
            for (int i = first + 1; i < samples.size() && end == null; i++) {
                if (isGapBefore(samples, i)) {
                    end = samples.atMicros(last);
                    byGap = true;
                } else if (isCutOff(samples, i)) {
                    lost++;
                    last = i;
                } else if (!isNotSent(samples, i)) {
                    end = samples.atMicros(i);
                }
            }
            found.add(new Outage(samples.atMicros(first), end, lost, "cut_off", byGap));
        }
        return found;
    }

    private static boolean isNotSent(Samples samples, int index) {
        return samples.outcome(index).counts() == Outcome.Counts.NOT_SENT;
    }

    private static boolean continuesARun(Samples samples, int index) {
        for (int i = index; i > 0; i--) {
            if (isGapBefore(samples, i) || samples.outcome(i - 1).hasLatency()) {
                return false;
            }
            if (isLost(samples, i - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLost(Samples samples, int index) {
        return samples.outcome(index).counts() == Outcome.Counts.LOST && !isCutOff(samples, index);
    }

    private static boolean isCutOff(Samples samples, int index) {
        return samples.extra(index).cutOff();
    }

    private static boolean isGapBefore(Samples samples, int index) {
        return samples.atMicros(index) - samples.atMicros(index - 1) > 10 * SECOND;
    }
}
