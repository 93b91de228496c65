package org.pingrecorder.agent.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.GivenPing;
import org.pingrecorder.agent.timetable.PingedIp;

class OpenBatchTest {

    private final OpenBatch open = new OpenBatch();
    private final PingedIp ip = GivenPing.ip("192.0.2.7");

    @Test
    void take_whileMoreIsAdded_losesNothing() {
        open.add(GivenPing.of(ip, 1, 10));
        OpenBatch.Content first = open.take();
        open.add(GivenPing.of(ip, 2, 10));

        assertEquals(1, first.rows().size());
        assertEquals(2, open.size(), "those taken are nowhere else yet");
        open.giveBack(first.rows(), 0);
        assertEquals(1, open.size());
        assertEquals(1, open.take().rows().size());
        assertEquals(2, open.accepted());
        assertEquals(0, open.dropped());
    }

    @Test
    void duplicate_beforeAndAfterItsPingIsSealed_isCountedOnItOrAsLate() {
        open.add(GivenPing.of(ip, 1, 10));
        open.duplicate(ip, 1);
        open.giveBack(open.take().rows(), 0);
        open.duplicate(ip, 1);

        assertEquals(1, open.lateDuplicates());
    }

    @Test
    void duplicate_behindAThousandOthers_isLate() {
        open.add(GivenPing.of(ip, 0, 10));
        for (int i = 1; i < 1_000; i++) {
            open.add(GivenPing.of(ip, i, 10));
        }
        open.duplicate(ip, 0);
        assertEquals(0, open.lateDuplicates());
        open.add(GivenPing.of(ip, 1_000, 10));
        open.duplicate(ip, 0);
        assertEquals(1, open.lateDuplicates());
    }

    @Test
    void add_beyondTheBound_dropsWhatIsThereAndReportsIt() {
        for (int i = 0; i <= OpenBatch.MOST_ROWS; i++) {
            open.add(GivenPing.of(ip, i, 10));
        }
        assertEquals(OpenBatch.MOST_ROWS, open.dropped());
        assertEquals(1, open.size());
        OpenBatch.Content content = open.take();
        assertEquals(
                Gap.ofAll(0, OpenBatch.MOST_ROWS, Gap.Reason.DROPPED),
                content.gaps().getFirst().gap());
    }

    @Test
    void hold_isSealedOnlyWhenReleased() {
        open.add(GivenPing.of(ip, 1, 10));
        open.hold(GivenPing.of(ip, 2, -1));
        OpenBatch.Content first = open.take();
        assertEquals(1, first.rows().size());
        open.giveBack(first.rows(), 0);
        assertEquals(1, open.size());
        assertEquals(2, open.accepted());

        open.release(true);
        open.release(true);
        assertEquals(1, open.size());
        assertEquals(1, open.take().rows().size());
        assertEquals(2, open.accepted());
    }

    @Test
    void hold_beyondTheBound_isReleased() {
        for (int i = 0; i <= OpenBatch.FULL_ROWS; i++) {
            open.hold(GivenPing.of(ip, i, -1));
        }
        assertEquals(OpenBatch.FULL_ROWS + 1, open.size());
        assertEquals(OpenBatch.FULL_ROWS, open.take().rows().size());
        assertEquals(0, open.dropped());
    }

    @Test
    void add_gapsThatOverlap_areOne() {
        open.add(Gap.ofAll(10, 20, Gap.Reason.NOT_RUNNING), 0);
        open.add(Gap.ofAll(12, 21, Gap.Reason.NOT_RUNNING), 0);
        open.add(Gap.ofAll(5, 7, Gap.Reason.NOT_RUNNING), 0);
        open.add(Gap.ofAll(5, 7, Gap.Reason.NOT_RUNNING), 1);

        OpenBatch.Content content = open.take();
        assertEquals(2, content.gaps(0).size());
        assertEquals(Gap.ofAll(10, 21, Gap.Reason.NOT_RUNNING), content.gaps(0).getFirst());
        assertEquals(1, content.gaps(1).size());
        assertEquals(0, content.fewestSteps(1));
        assertTrue(open.take().isEmpty());
    }

    @Test
    void add_gapThatLastsAndOneThatDoesNot_areTwo() {
        Gap until = Gap.ofAll(10, 20, Gap.Reason.NOT_RUNNING);
        Gap since = Gap.ofAll(20, Gap.OPEN, Gap.Reason.NOT_RUNNING);
        open.add(until, 0);
        open.add(since, 0);

        assertEquals(List.of(until, since), open.take().gaps(0));
    }
}
