package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.icmp.packet.EchoCodec;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.socket.EchoNetwork;

/**
 * Opens ICMP sockets, one kind and family at a time, and makes a network of those that opened.
 * Sockets belong to the network namespace of the thread that adds them. One thread.
 */
public final class LinuxSockets {

    /** Messages for each sendmmsg and recvmmsg. */
    private static final int BATCH = 64;

    /** What the messages of one batch take at most; large ones make smaller batches. */
    private static final int MOST_BATCH_BYTES = 1 << 20;

    /**
     * Asked for, and capped by the kernel where we lack CAP_NET_ADMIN. A small echo message costs
     * the buffer 768 bytes and the kernel doubles what is asked for, so this holds some 10,000.
     */
    private static final int BUFFER_BYTES = 4 << 20;

    private static final int ID_COUNT = 1 << 16;

    private final PacketOptions packet;
    private final int batch;
    private final Arena arena = Arena.ofShared();
    private final Libc libc = new Libc(arena);
    private final Receiver receiver;
    private final List<LinuxSocket> sockets = new ArrayList<>();

    /** For echo requests that look like this. */
    public LinuxSockets(PacketOptions packet) {
        this.packet = packet;
        this.batch = Math.min(BATCH, MOST_BATCH_BYTES / requestBytes());
        this.receiver = new Receiver(arena, batch, packet.payloadBytes());
    }

    /** Whether this is an operating system that the layouts of this package describe. */
    public static boolean isSupported() {
        String name = System.getProperty("os.name", "");
        String architecture = System.getProperty("os.arch", "");
        return name.equals("Linux")
                && (architecture.equals("amd64") || architecture.equals("aarch64"));
    }

    /** Opens and closes one socket; 0, or the negative errno. */
    public static int attempt(boolean raw, boolean ipv6) {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            int fd = open(libc, raw, ipv6);
            return fd < 0 ? fd : libc.close(fd);
        }
    }

    /**
     * Opens datagram sockets, each with an id of its own; 0, or the negative errno of the first
     * that failed, and then none of these is kept.
     *
     * @throws OptionFault if a socket does not take a packet option; only {@link #discard} may
     *     follow
     */
    public int addDatagram(boolean ipv6, int count) throws OptionFault {
        int before = sockets.size();
        for (int i = 0; i < count; i++) {
            int fd = openConfigured(false, ipv6, 0, 0);
            if (fd < 0) {
                List<LinuxSocket> added = sockets.subList(before, sockets.size());
                added.forEach(socket -> libc.close(socket.fd()));
                added.clear();
                return fd;
            }
            sockets.add(socket(fd, ipv6, -1, 1));
        }
        return 0;
    }

    /**
     * Opens one raw socket with so many ids of its own; 0, or the negative errno.
     *
     * @throws OptionFault if it does not take a packet option; only {@link #discard} may follow
     */
    public int addRaw(boolean ipv6, int ids) throws OptionFault {
        int firstId = new SecureRandom().nextInt(1, ID_COUNT - ids);
        int fd = openConfigured(true, ipv6, firstId, firstId + ids - 1);
        if (fd < 0) {
            return fd;
        }
        sockets.add(socket(fd, ipv6, firstId, ids));
        return 0;
    }

    /**
     * The network of all that was added, which from now on owns it.
     *
     * @param whyNoIpv4 why there is no IPv4 socket, if there is none
     * @param whyNoIpv6 why there is no IPv6 socket, if there is none
     */
    public EchoNetwork build(String whyNoIpv4, String whyNoIpv6) {
        return new LinuxNetwork(arena, libc, sockets, whyNoIpv4, whyNoIpv6);
    }

    /** Closes all that was added; instead of {@link #build}. */
    public void discard() {
        sockets.forEach(socket -> libc.close(socket.fd()));
        arena.close();
    }

    /** The descriptor, or the negative errno. */
    private int openConfigured(boolean raw, boolean ipv6, int firstId, int lastId)
            throws OptionFault {
        int fd = open(libc, raw, ipv6);
        if (fd < 0) {
            return fd;
        }
        boolean configured = false;
        try {
            int result = configure(fd, raw, ipv6, firstId, lastId);
            if (result < 0) {
                return result;
            }
            OptionSetter.set(libc, fd, ipv6, packet);
            configured = true;
            return fd;
        } finally {
            if (!configured) {
                libc.close(fd);
            }
        }
    }

    private static int open(Libc libc, boolean raw, boolean ipv6) {
        int type = raw ? SocketOption.SOCK_RAW : SocketOption.SOCK_DGRAM;
        return libc.socket(
                ipv6 ? SocketAddress.AF_INET6 : SocketAddress.AF_INET,
                type | SocketOption.SOCK_CLOEXEC | SocketOption.SOCK_NONBLOCK,
                ipv6 ? SocketOption.IPPROTO_ICMPV6 : SocketOption.IPPROTO_ICMP);
    }

    private LinuxSocket socket(int fd, boolean ipv6, int firstId, int ids) {
        return new LinuxSocket(
                libc, arena, fd, ipv6, firstId, ids, batch, requestBytes(), receiver);
    }

    private int requestBytes() {
        return EchoCodec.HEADER_BYTES + packet.payloadBytes();
    }

    /**
     * Sets the options. The error queue and the filter by type are what correctness rests on; the
     * rest the engine can do without, and counts where it had to.
     */
    private int configure(int fd, boolean raw, boolean ipv6, int firstId, int lastId) {
        try (Arena options = Arena.ofConfined()) {
            MemorySegment on = options.allocateFrom(JAVA_INT, 1);
            MemorySegment buffer = options.allocateFrom(JAVA_INT, BUFFER_BYTES);
            int level = ipv6 ? SocketOption.SOL_IPV6 : SocketOption.SOL_IP;
            int result =
                    libc.setsockopt(
                            fd,
                            level,
                            ipv6 ? SocketOption.IPV6_RECVERR : SocketOption.IP_RECVERR,
                            on);
            if (result == 0 && raw) {
                result =
                        ipv6
                                ? libc.setsockopt(
                                        fd,
                                        SocketOption.SOL_ICMPV6,
                                        SocketOption.ICMP6_FILTER,
                                        PacketFilter.icmp6Types(options))
                                : libc.setsockopt(
                                        fd,
                                        SocketOption.SOL_RAW,
                                        SocketOption.ICMP_FILTER,
                                        PacketFilter.icmpTypes(options));
                MemorySegment ids = PacketFilter.ids(options, ipv6, firstId, lastId);
                libc.setsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_ATTACH_FILTER, ids);
            }
            libc.setsockopt(
                    fd, level, ipv6 ? SocketOption.IPV6_RECVHOPLIMIT : SocketOption.IP_RECVTTL, on);
            libc.setsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_TIMESTAMPNS, on);
            libc.setsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_RXQ_OVFL, on);
            enlarge(fd, SocketOption.SO_RCVBUFFORCE, SocketOption.SO_RCVBUF, buffer);
            enlarge(fd, SocketOption.SO_SNDBUFFORCE, SocketOption.SO_SNDBUF, buffer);
            return result;
        }
    }

    private void enlarge(int fd, int forced, int capped, MemorySegment bytes) {
        if (libc.setsockopt(fd, SocketOption.SOL_SOCKET, forced, bytes) < 0) {
            libc.setsockopt(fd, SocketOption.SOL_SOCKET, capped, bytes);
        }
    }
}
