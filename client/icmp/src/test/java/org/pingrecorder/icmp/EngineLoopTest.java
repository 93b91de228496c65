package org.pingrecorder.icmp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What comes back, or does not: every outcome, to the nanosecond. */
class EngineLoopTest extends EngineLoopFixture {

    @Test
    void reply_beforeTimeout_isReplyWithRoundTrip() {
        FakeSocket.Sent request = send(42);
        clock.advanceNanos(12_345_678);
        socket.reply(request);
        clock.advanceMillis(5); // read later than it came: the kernel's stamp counts
        loop.turn();

        assertEquals(List.of(Outcome.REPLY), listener.outcomes());
        assertEquals(12_345_678, listener.of(42).rttNanos());
        assertEquals(57, listener.of(42).ttl());
        assertEquals(64, listener.of(42).replyBytes());
    }

    @Test
    void reply_readLongAfterDeadline_isStillReply() {
        FakeSocket.Sent request = send(1);
        clock.advanceMillis(3_900);
        socket.reply(request);
        afterMillis(500);

        assertEquals(List.of(Outcome.LATE), listener.outcomes());
    }

    @Test
    void reply_withinMicrosecond_isClamped() {
        socket.reply(send(1));
        loop.turn();

        assertEquals(1_000, listener.of(1).rttNanos());
        assertEquals(1, counters.snapshot().clamped());
    }

    @Test
    void reply_exactlyAtTimeout_isReplyAndAfterItLate() {
        FakeSocket.Sent first = send(1);
        FakeSocket.Sent second = send(2);
        clock.advanceMillis(1_000);
        socket.reply(first);
        clock.advanceNanos(1);
        socket.reply(second);
        loop.turn();

        assertEquals(List.of(Outcome.REPLY, Outcome.LATE), listener.outcomes());
        assertEquals(1_000_000_001, listener.of(2).rttNanos());
    }

    @Test
    void reply_afterGrace_isTimeoutHoweverSlowWeAre() {
        FakeSocket.Sent request = send(1);
        clock.advanceMillis(4_001);
        socket.reply(request);
        loop.turn();
        afterMillis(10);

        assertEquals(List.of(Outcome.TIMEOUT), listener.outcomes());
        assertEquals(1, counters.snapshot().expired() + counters.snapshot().foreign());
    }

    @Test
    void silence_untilTimeoutAndGrace_isTimeoutOnlyThen() {
        send(1);
        afterMillis(3_999);
        assertTrue(listener.decided.isEmpty());

        afterMillis(5);
        assertEquals(List.of(Outcome.TIMEOUT), listener.outcomes());
        assertEquals(-1, listener.of(1).rttNanos());
    }

    @Test
    void silence_ofManyPings_expiresInOrderOfDeadlines() {
        for (int i = 0; i < 300; i++) {
            source.add(i, HOST, Duration.ofMillis(3_000 - i * 10L), Duration.ZERO);
        }
        loop.turn();
        afterMillis(3_010);

        List<Long> handles = listener.decided.stream().map(d -> d.handle()).toList();
        assertEquals(LongStream.range(0, 300).map(i -> 299 - i).boxed().toList(), handles);
    }

    @Test
    void turn_withPingInFlight_asksForItsDeadline() {
        send(1);
        long wakeAt = loop.turn();

        long lifetime = TIMEOUT.plus(GRACE).toNanos();
        long wait = wakeAt - clock.nanoTime();
        assertTrue(wait >= lifetime && wait <= lifetime + 2 * DeadlineWheel.TICK_NANOS, "" + wait);
    }

    @Test
    void turn_withAnsweredPingsOnly_asksForNoDeadline() {
        socket.reply(send(1));

        assertEquals(Long.MAX_VALUE, loop.turn());
    }

    @Test
    void duplicate_beforeGraceEnds_isReportedAndChangesNothing() {
        FakeSocket.Sent request = send(7);
        socket.reply(request);
        socket.reply(request);
        loop.turn();
        clock.advanceMillis(3_000);
        socket.reply(request);
        loop.turn();

        assertEquals(List.of(Outcome.REPLY), listener.outcomes());
        assertEquals(List.of(7L, 7L), listener.duplicates);
    }

    @Test
    void duplicate_afterSlotWasReused_matchesNothing() {
        FakeSocket.Sent old = send(1);
        socket.reply(old);
        loop.turn();
        afterMillis(5_000);
        FakeSocket.Sent reused;
        long handle = 2;
        do {
            reused = send(handle++);
            socket.reply(reused);
            afterMillis(1);
        } while (reused.sequence() != old.sequence());
        int decided = listener.decided.size();
        socket.reply(old);
        loop.turn();

        assertEquals(decided, listener.decided.size());
        assertTrue(listener.duplicates.isEmpty());
        assertEquals(1, counters.snapshot().foreign());
    }

    @Test
    void reply_fromOtherHost_isForeign() {
        FakeSocket.Sent request = send(1);
        socket.reply(request, row -> row.addressLow++);
        loop.turn();

        assertTrue(listener.decided.isEmpty());
        assertEquals(1, counters.snapshot().foreign());
    }

    @Test
    void reply_withGuessedToken_isForeign() {
        FakeSocket.Sent request = send(1);
        request.message()[8] ^= 1;
        socket.reply(request);
        loop.turn();

        assertTrue(listener.decided.isEmpty());
        assertEquals(1, counters.snapshot().foreign());
    }

    @Test
    void reply_withWrongLengthOrBytes_isCorrupted() {
        FakeSocket.Sent request = send(1);
        socket.reply(request, row -> row.bytes--);
        socket.reply(request, row -> row.bytes = 8);
        socket.reply(request, row -> row.truncated = true);
        socket.reply(request, row -> row.memory.set(JAVA_BYTE, 20, (byte) 0));
        loop.turn();

        assertTrue(listener.decided.isEmpty());
        assertEquals(4, counters.snapshot().corrupted());
    }

    @Test
    void message_thatIsNoReply_isForeign() {
        FakeSocket.Sent request = send(1);
        socket.reply(request, row -> row.bytes = 0);
        socket.reply(request, row -> row.memory.set(JAVA_BYTE, 0, (byte) 8));
        loop.turn();

        assertEquals(2, counters.snapshot().foreign());
    }

    @Test
    void error_aboutPing_isUnreachable() {
        socket.error(send(3), 3, 13, 8);
        loop.turn();

        assertEquals(List.of(Outcome.UNREACHABLE), listener.outcomes());
        assertEquals(3, listener.of(3).errorType());
        assertEquals(13, listener.of(3).errorCode());
        assertEquals("10.0.0.1", listener.of(3).errorFrom());
    }

    @Test
    void error_readTogetherWithTheReply_doesNotOverruleIt() {
        FakeSocket.Sent request = send(3);
        socket.reply(request);
        socket.error(request, 11, 0, 64);
        loop.turn();

        assertEquals(List.of(Outcome.REPLY), listener.outcomes());
        assertEquals(1, counters.snapshot().errorsIgnored());
    }

    @Test
    void error_redirectOrSourceQuench_decidesNothing() {
        FakeSocket.Sent request = send(1);
        socket.error(request, 4, 0, 64);
        socket.error(request, 5, 1, 64);
        loop.turn();
        socket.reply(request);
        loop.turn();

        assertEquals(List.of(Outcome.REPLY), listener.outcomes());
        assertEquals(2, counters.snapshot().errorsIgnored());
    }

    @Test
    void error_aboutEarlierPingOfTheSequence_decidesNothing() {
        FakeSocket.Sent request = send(1);
        request.message()[10] ^= 1;
        socket.error(request, 3, 1, 64);
        loop.turn();

        assertTrue(listener.decided.isEmpty());
    }

    @Test
    void overflow_whileInFlight_isMissedUnlessAnswered() {
        FakeSocket.Sent answered = send(1);
        send(2);
        socket.drops = 3;
        socket.reply(answered);
        loop.turn();
        send(3);
        afterMillis(4_010);

        assertEquals(Outcome.REPLY, listener.of(1).outcome());
        assertEquals(Outcome.MISSED, listener.of(2).outcome());
        assertEquals("receive_overflow", listener.of(2).cause());
        assertEquals(Outcome.TIMEOUT, listener.of(3).outcome());
    }

    @Test
    void overflow_ofTheLastMessages_isSeenWithoutAFurtherMessage() {
        send(1);
        clock.advanceMillis(4_010);
        socket.drops = 1;
        loop.turn();

        assertEquals(List.of(Outcome.MISSED), listener.outcomes());
    }

    @Test
    void source_nothingDue_isNotAskedUntilWoken() {
        loop.turn();
        int questions = source.questions;
        afterMillis(10_000);
        assertEquals(questions, source.questions);

        loop.wake();
        loop.turn();
        assertEquals(questions + 1, source.questions);
        assertEquals(1, network.wakes);
    }
}
