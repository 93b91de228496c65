package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.icmp.linux.Errno;

/** How requests leave: when, as which sequence, and what is said of those that do not. */
class SendPathTest extends EngineLoopFixture {

    private static final int EMSGSIZE = 90;

    @Test
    void send_stoppedByAnotherHostsError_isSentAgain() {
        FakeSocket.Sent first = send(1);
        socket.error(first, 3, 1, 8);
        socket.sendFailures.add(-Errno.EHOSTUNREACH);
        FakeSocket.Sent second = send(2);
        assertNotEquals(first.sequence(), second.sequence());
        socket.reply(second);
        loop.turn();

        assertEquals(List.of(Outcome.UNREACHABLE, Outcome.REPLY), listener.outcomes());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Errno.EPERM,
                Errno.EACCES,
                Errno.EINVAL,
                EMSGSIZE,
                Errno.ENETUNREACH,
                Errno.EHOSTUNREACH
            })
    void send_refused_isNotSentAndSaysWhy(int errno) {
        // As often as it takes: the first refusals may be another host's error that was pending.
        socket.sendFailures.addAll(Collections.nCopies(SendPath.MAX_FRUITLESS, -errno));
        source.add(1, "192.0.2.7", TIMEOUT, Duration.ZERO);
        source.add(2, "192.0.2.8", TIMEOUT, Duration.ZERO);
        loop.turn();

        assertEquals(List.of(Outcome.SEND_ERROR), listener.outcomes());
        assertEquals(1, listener.of(1).handle());
        assertEquals(Errno.name(errno), listener.of(1).cause());
        assertEquals(1, counters.snapshot().sent());
        assertEquals(1, counters.snapshot().sendErrors());
    }

    @Test
    void send_refusedByThisMachine_isSendErrorAndTheRestIsSent() {
        socket.sendFailures.add(1);
        socket.sendFailures.addAll(Collections.nCopies(SendPath.MAX_FRUITLESS, -Errno.ENETUNREACH));
        for (int i = 0; i < 3; i++) {
            source.add(i, HOST, TIMEOUT, GRACE);
        }
        loop.turn();

        assertEquals(2, socket.sent.size());
        assertEquals(Outcome.SEND_ERROR, listener.of(1).outcome());
        assertEquals("ENETUNREACH", listener.of(1).cause());
        assertEquals(2, counters.snapshot().inFlight());
    }

    @Test
    void send_withoutRoomForAWhile_waitsAndSends() {
        socket.sendFailures.addAll(List.of(-Errno.EAGAIN, -Errno.ENOBUFS));
        send(1);

        assertEquals(2, socket.waits);
        assertEquals(1, socket.sent.size());
    }

    @Test
    void send_withoutRoomAtAll_isSendErrorAfterBoundedWait() {
        for (int i = 0; i < 100; i++) {
            socket.sendFailures.add(-Errno.ENOBUFS);
        }
        source.add(1, HOST, TIMEOUT, GRACE);
        source.add(2, HOST, TIMEOUT, GRACE);
        loop.turn();

        assertEquals(10, socket.waits);
        assertEquals("ENOBUFS", listener.of(1).cause());
        assertEquals("ENOBUFS", listener.of(2).cause());
    }

    @Test
    void send_ofBatch_interpolatesSendTimes() {
        socket.nanosPerSend = 40_000;
        long before = clock.nanoTime();
        for (int i = 0; i < 4; i++) {
            source.add(i, HOST, TIMEOUT, GRACE);
        }
        loop.turn();
        List.copyOf(socket.sent).forEach(socket::reply);
        loop.turn();

        assertEquals(List.of(4), socket.sendSizes);
        for (int i = 0; i < 4; i++) {
            assertEquals(before + 5_000 + i * 10_000L, listener.of(i).sentAtNanos());
            assertEquals(35_000 - i * 10_000L, listener.of(i).rttNanos());
        }
    }

    @Test
    void send_heldUpInTheCall_chargesNoHostForIt() {
        socket.nanosPerSend = 80_000_000;
        source.add(1, HOST, TIMEOUT, GRACE);
        source.add(2, HOST, Duration.ofMillis(50), Duration.ZERO);
        loop.turn();
        socket.replyAt(socket.sent.get(0), clock.epochNanos() - 79_000_000);
        clock.advanceNanos(5_000_000);
        socket.reply(socket.sent.get(1));
        loop.turn();

        assertEquals(List.of(Outcome.REPLY, Outcome.REPLY), listener.outcomes());
        assertEquals(1_000_000, listener.of(1).rttNanos());
        assertEquals(5_020_000, listener.of(2).rttNanos());
        assertEquals(2, counters.snapshot().heldUp());
    }

    @Test
    void send_toFamilyWithoutSocket_isSendError() {
        source.add(1, "2001:db8::1", TIMEOUT, GRACE);
        loop.turn();

        assertEquals(List.of(Outcome.SEND_ERROR), listener.outcomes());
        assertEquals("EAFNOSUPPORT", listener.of(1).cause());
    }

    @Test
    void send_withAllSequencesInFlight_isMissed() {
        for (int i = 0; i <= SlotTable.SEQUENCES; i++) {
            source.add(i, HOST, TIMEOUT, GRACE);
        }
        loop.turn();

        assertEquals(SlotTable.SEQUENCES, socket.sent.size());
        assertEquals(
                SlotTable.SEQUENCES,
                socket.sent.stream().mapToInt(FakeSocket.Sent::sequence).distinct().count());
        assertEquals(List.of(Outcome.MISSED), listener.outcomes());
        assertEquals("no_free_sequence", listener.of(SlotTable.SEQUENCES).cause());

        afterMillis(4_010);
        send(-1);
        assertEquals(SlotTable.SEQUENCES + 1, socket.sent.size());
    }

    @Test
    void send_fasterThanLifetimesEnd_reusesAnsweredSequencesOnly() {
        FakeSocket.Sent silent = send(-1);
        for (int i = 0; i < 3 * SlotTable.SEQUENCES; i++) {
            FakeSocket.Sent request = send(i);
            assertNotEquals(silent.sequence(), request.sequence());
            socket.reply(request);
            loop.turn();
        }

        assertEquals(3 * SlotTable.SEQUENCES, counters.snapshot().replies());
        assertEquals(1, counters.snapshot().inFlight());
    }

    @Test
    void error_beforeTheNewPingOfItsSequenceHasLeft_decidesNothing() {
        FakeSocket.Sent first = send(1);
        socket.reply(first);
        loop.turn();
        afterMillis(4_100);
        socket.whenSendFails = () -> socket.error(first, 3, 1, 8);
        FakeSocket.Sent again;
        long handle = 2;
        do {
            socket.sendFailures.add(-Errno.EHOSTUNREACH);
            again = send(handle++);
            socket.reply(again);
            afterMillis(500);
        } while (again.sequence() != first.sequence());

        assertEquals(0, counters.snapshot().unreachable());
        assertEquals(handle - 1, counters.snapshot().replies());
    }
}
