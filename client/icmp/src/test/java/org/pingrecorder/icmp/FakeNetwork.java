package org.pingrecorder.icmp;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.pingrecorder.icmp.socket.EchoNetwork;
import org.pingrecorder.icmp.socket.EchoSocket;

/** One IPv4 socket, no IPv6, and no waiting. */
final class FakeNetwork implements EchoNetwork {

    final FakeSocket socket;
    final CountDownLatch closed = new CountDownLatch(1);
    int wakes;

    FakeNetwork(ManualClock clock) {
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
    public void await(long nanos) {}

    @Override
    public void rest(long nanos) {}

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
