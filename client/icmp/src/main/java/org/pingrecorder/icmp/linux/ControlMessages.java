package org.pingrecorder.icmp.linux;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import org.pingrecorder.icmp.socket.ReceivedPacket;

/** Reads the {@code struct cmsghdr} chain of a received message into its row. */
final class ControlMessages {

    static final StructLayout CMSGHDR =
            structLayout(
                    JAVA_LONG.withName("cmsg_len"),
                    JAVA_INT.withName("cmsg_level"),
                    JAVA_INT.withName("cmsg_type"));

    private static final long LENGTH_AT = CMSGHDR.byteOffset(PathElement.groupElement("cmsg_len"));
    private static final long LEVEL_AT = CMSGHDR.byteOffset(PathElement.groupElement("cmsg_level"));
    private static final long TYPE_AT = CMSGHDR.byteOffset(PathElement.groupElement("cmsg_type"));

    /** Room that all the control messages of one packet fit in, an error's included. */
    static final int ROOM_BYTES = 256;

    private int drops;

    /** The drop count that the messages read since {@link #forgetDrops} carried, or 0. */
    int drops() {
        return drops;
    }

    void forgetDrops() {
        drops = 0;
    }

    /** Walks {@code bytes} bytes of control messages; what is malformed ends the walk. */
    void read(MemorySegment memory, long offset, int bytes, boolean ipv6, ReceivedPacket into) {
        into.stampEpochNanos = ReceivedPacket.NONE;
        into.ttl = ReceivedPacket.NONE;
        into.errorType = ReceivedPacket.NONE;
        into.errorCode = ReceivedPacket.NONE;
        long at = offset;
        long end = offset + bytes;
        while (end - at >= CMSGHDR.byteSize()) {
            long length = memory.get(JAVA_LONG, at + LENGTH_AT);
            if (length < CMSGHDR.byteSize() || length > end - at) {
                return;
            }
            int level = memory.get(JAVA_INT, at + LEVEL_AT);
            int type = memory.get(JAVA_INT, at + TYPE_AT);
            one(
                    level,
                    type,
                    memory,
                    at + CMSGHDR.byteSize(),
                    length - CMSGHDR.byteSize(),
                    ipv6,
                    into);
            at += (length + 7) & -8;
        }
    }

    private void one(
            int level,
            int type,
            MemorySegment memory,
            long data,
            long dataBytes,
            boolean ipv6,
            ReceivedPacket into) {
        if (level == SocketOption.SOL_SOCKET) {
            if (type == SocketOption.SO_TIMESTAMPNS && dataBytes >= TimeSpec.LAYOUT.byteSize()) {
                into.stampEpochNanos = TimeSpec.nanos(memory, data);
            } else if (type == SocketOption.SO_RXQ_OVFL && dataBytes >= Integer.BYTES) {
                drops = memory.get(JAVA_INT, data);
            }
        } else if (level == (ipv6 ? SocketOption.SOL_IPV6 : SocketOption.SOL_IP)) {
            if (type == (ipv6 ? SocketOption.IPV6_HOPLIMIT : SocketOption.IP_TTL)
                    && dataBytes >= Integer.BYTES) {
                into.ttl = memory.get(JAVA_INT, data);
            } else if (type == (ipv6 ? SocketOption.IPV6_RECVERR : SocketOption.IP_RECVERR)) {
                ExtendedError.read(memory, data, dataBytes, ipv6, into);
            }
        }
    }
}
