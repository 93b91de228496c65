package org.pingrecorder.icmp.linux;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * An array of {@code struct mmsghdr} for sendmmsg and recvmmsg, wired once to fixed places for each
 * message's address, bytes and control messages.
 */
final class MessageVector {

    static final StructLayout IOVEC =
            structLayout(ADDRESS.withName("iov_base"), JAVA_LONG.withName("iov_len"));

    static final StructLayout MSGHDR =
            structLayout(
                    ADDRESS.withName("msg_name"),
                    JAVA_INT.withName("msg_namelen"),
                    paddingLayout(4),
                    ADDRESS.withName("msg_iov"),
                    JAVA_LONG.withName("msg_iovlen"),
                    ADDRESS.withName("msg_control"),
                    JAVA_LONG.withName("msg_controllen"),
                    JAVA_INT.withName("msg_flags"),
                    paddingLayout(4));

    static final StructLayout MMSGHDR =
            structLayout(
                    MSGHDR.withName("msg_hdr"), JAVA_INT.withName("msg_len"), paddingLayout(4));

    /** Room for a {@code sockaddr_in6}, kept 8-byte aligned. */
    private static final int NAME_STRIDE = 32;

    private static final long NAME_AT = inHeader("msg_name");
    private static final long NAME_LENGTH_AT = inHeader("msg_namelen");
    private static final long IOV_AT = inHeader("msg_iov");
    private static final long IOV_LENGTH_AT = inHeader("msg_iovlen");
    private static final long CONTROL_AT = inHeader("msg_control");
    private static final long CONTROL_LENGTH_AT = inHeader("msg_controllen");
    private static final long FLAGS_AT = inHeader("msg_flags");
    private static final long LENGTH_AT = MMSGHDR.byteOffset(PathElement.groupElement("msg_len"));

    private final int capacity;
    private final int byteStride;
    private final int controlStride;
    private final MemorySegment headers;

    /** The headers from each message on: a slice is an object, so it is made once. */
    private final MemorySegment[] headersFrom;

    private final MemorySegment names;
    private final MemorySegment bytes;
    private final MemorySegment controls;

    /**
     * Memory for {@code capacity} messages.
     *
     * @param messageBytes how much of each message is sent, or has room when received
     * @param controlBytes room for control messages; 0 to send
     */
    MessageVector(Arena arena, int capacity, int messageBytes, int controlBytes) {
        this.capacity = capacity;
        this.byteStride = (messageBytes + 7) & -8;
        this.controlStride = (controlBytes + 7) & -8;
        this.headers = arena.allocate(MMSGHDR, capacity);
        this.headersFrom = new MemorySegment[capacity];
        this.names = arena.allocate((long) NAME_STRIDE * capacity, 8);
        this.bytes = arena.allocate((long) byteStride * capacity, 8);
        this.controls = arena.allocate(Math.max(1L, (long) controlStride * capacity), 8);
        MemorySegment vectors = arena.allocate(IOVEC, capacity);
        for (int i = 0; i < capacity; i++) {
            MemorySegment vector = vectors.asSlice(i * IOVEC.byteSize(), IOVEC);
            vector.set(ADDRESS, 0, bytes.asSlice(byteOffset(i)));
            vector.set(JAVA_LONG, ADDRESS.byteSize(), messageBytes);
            long header = header(i);
            headersFrom[i] = headers.asSlice(header);
            headers.set(ADDRESS, header + NAME_AT, names.asSlice(nameOffset(i)));
            headers.set(ADDRESS, header + IOV_AT, vector);
            headers.set(JAVA_LONG, header + IOV_LENGTH_AT, 1);
            if (controlBytes > 0) {
                headers.set(ADDRESS, header + CONTROL_AT, controls.asSlice(controlOffset(i)));
            }
        }
    }

    private static long inHeader(String field) {
        return MMSGHDR.byteOffset(
                PathElement.groupElement("msg_hdr"), PathElement.groupElement(field));
    }

    private static long header(int index) {
        return index * MMSGHDR.byteSize();
    }

    int capacity() {
        return capacity;
    }

    MemorySegment headersFrom(int first) {
        return headersFrom[first];
    }

    MemorySegment names() {
        return names;
    }

    long nameOffset(int index) {
        return (long) index * NAME_STRIDE;
    }

    MemorySegment bytes() {
        return bytes;
    }

    long byteOffset(int index) {
        return (long) index * byteStride;
    }

    MemorySegment controls() {
        return controls;
    }

    long controlOffset(int index) {
        return (long) index * controlStride;
    }

    void nameLength(int index, int length) {
        headers.set(JAVA_INT, header(index) + NAME_LENGTH_AT, length);
    }

    int nameLength(int index) {
        return headers.get(JAVA_INT, header(index) + NAME_LENGTH_AT);
    }

    /** Bytes of control messages that came with message {@code index}. */
    int controlLength(int index) {
        return (int) headers.get(JAVA_LONG, header(index) + CONTROL_LENGTH_AT);
    }

    int flags(int index) {
        return headers.get(JAVA_INT, header(index) + FLAGS_AT);
    }

    int messageLength(int index) {
        return headers.get(JAVA_INT, header(index) + LENGTH_AT);
    }

    /** Gives the first {@code count} entries their whole room back, as recvmmsg shrinks it. */
    void resetRoom(int count) {
        for (int i = 0; i < count; i++) {
            nameLength(i, NAME_STRIDE);
            headers.set(JAVA_LONG, header(i) + CONTROL_LENGTH_AT, controlStride);
        }
    }
}
