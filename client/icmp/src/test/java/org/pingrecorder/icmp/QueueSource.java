package org.pingrecorder.icmp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Pings that a test queued; all of them are due at once. */
final class QueueSource implements PingSource {

    private record Queued(long handle, EchoTarget target, long timeoutNanos, long graceNanos) {}

    private final Queue<Queued> queue = new ConcurrentLinkedQueue<>();
    int questions;

    void add(long handle, String address, Duration timeout, Duration grace) {
        queue.add(new Queued(handle, target(address), timeout.toNanos(), grace.toNanos()));
    }

    static EchoTarget target(String address) {
        try {
            return EchoTarget.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        questions++;
        for (Queued ping = queue.poll(); ping != null; ping = queue.poll()) {
            sender.ping(ping.handle(), ping.target(), ping.timeoutNanos(), ping.graceNanos());
        }
        return Long.MAX_VALUE;
    }
}
