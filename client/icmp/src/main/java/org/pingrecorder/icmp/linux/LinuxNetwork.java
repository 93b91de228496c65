package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.pingrecorder.icmp.socket.EchoNetwork;
import org.pingrecorder.icmp.socket.EchoSocket;

/** Open Linux sockets, an eventfd to be woken by, and the ppoll over all of them. */
final class LinuxNetwork implements EchoNetwork {

    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final Arena arena;
    private final Libc libc;
    private final Libc wakerLibc;
    private final List<LinuxSocket> sockets;
    private final String whyNoIpv4;
    private final String whyNoIpv6;
    private final PollSet polled;
    private final PollSet woken;
    private final int eventFd;
    private final MemorySegment eventCount;
    private boolean closed;

    /** Takes over the arena and the sockets, and closes them in the end. */
    LinuxNetwork(
            Arena arena, Libc libc, List<LinuxSocket> sockets, String whyNoIpv4, String whyNoIpv6) {
        this.arena = arena;
        this.libc = libc;
        this.wakerLibc = new Libc(arena);
        this.sockets = List.copyOf(sockets);
        this.whyNoIpv4 = whyNoIpv4;
        this.whyNoIpv6 = whyNoIpv6;
        this.eventCount = arena.allocate(JAVA_LONG);
        this.polled = new PollSet(arena, sockets.size() + 1);
        this.woken = new PollSet(arena, 1);
        this.eventFd = libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (eventFd < 0) {
            throw new IllegalStateException("eventfd: " + Errno.name(-eventFd));
        }
        for (int i = 0; i < sockets.size(); i++) {
            polled.watch(i, sockets.get(i).fd(), PollSet.POLLIN);
        }
        polled.watch(sockets.size(), eventFd, PollSet.POLLIN);
        woken.watch(0, eventFd, PollSet.POLLIN);
    }

    @Override
    public List<EchoSocket> sockets() {
        return List.copyOf(sockets);
    }

    @Override
    public String whyMissing(boolean ipv6) {
        return ipv6 ? whyNoIpv6 : whyNoIpv4;
    }

    @Override
    public void await(long nanos) {
        polled.await(libc, nanos);
        if (polled.is(sockets.size(), PollSet.POLLIN)) {
            libc.eventfdRead(eventFd, eventCount);
        }
    }

    @Override
    public void rest(long nanos) {
        woken.await(libc, nanos); // left unread, so that an await that follows returns at once
    }

    @Override
    public boolean hasMessages(int socket) {
        return polled.is(socket, PollSet.POLLIN);
    }

    @Override
    public boolean hasErrors(int socket) {
        return polled.is(socket, PollSet.POLLERR);
    }

    @Override
    public synchronized void wake() {
        if (!closed) {
            wakerLibc.eventfdWrite(eventFd, 1);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        sockets.forEach(socket -> libc.close(socket.fd()));
        libc.close(eventFd);
        arena.close();
    }
}
