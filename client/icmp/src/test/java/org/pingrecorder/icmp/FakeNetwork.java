package org.pingrecorder.icmp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.pingrecorder.icmp.socket.EchoNetwork;
import org.pingrecorder.icmp.socket.EchoSocket;

/** One IPv4 socket, no IPv6; waiting moves the clock. */
final class FakeNetwork implements EchoNetwork {

    final FakeSocket socket;
    final CountDownLatch closed = new CountDownLatch(1);
    final List<Long> rests = new ArrayList<>();
    final List<Long> awaits = new ArrayList<>();
    private final ManualClock clock;
    int wakes;

    FakeNetwork(ManualClock clock) {
        this.clock = clock;
        this.socket = new FakeSocket(clock, false);
    }

    @Override
    public List<EchoSocket> sockets() {
        return List.of(socket);
    }

    @Override
    public String whyMissing(boolean ipv6) {
        return "EAFNOSUPPORT";
    }

    @Override
    public void await(long nanos) {
        awaits.add(nanos);
    }

    @Override
    public void rest(long nanos) {
        rests.add(nanos);
        clock.advanceNanos(nanos);
    }

    @Override
    public boolean hasMessages(int index) {
        return !socket.messages.isEmpty();
    }

    @Override
    public boolean hasErrors(int index) {
        return !socket.errors.isEmpty();
    }

    @Override
    public void wake() {
        wakes++;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
