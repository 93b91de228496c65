package org.pingrecorder.icmp.linux;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The kernel-side filters of a raw socket: only echo replies, and of those only the ones whose id
 * is ours, so that other ICMP traffic of the machine neither wakes us nor fills our buffer.
 */
final class PacketFilter {

    /** {@code struct sock_filter}, one instruction of classic BPF. */
    static final StructLayout SOCK_FILTER =
            structLayout(
                    JAVA_SHORT.withName("code"),
                    JAVA_BYTE.withName("jt"),
                    JAVA_BYTE.withName("jf"),
                    JAVA_INT.withName("k"));

    /** {@code struct sock_fprog}. */
    static final StructLayout SOCK_FPROG =
            structLayout(JAVA_SHORT.withName("len"), paddingLayout(6), ADDRESS.withName("filter"));

    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REPLY_V6 = 129;
    private static final int ID_AT = 4;
    private static final int ICMP6_FILTER_WORDS = 8;

    private static final int LOAD_HALF_ABSOLUTE = 0x28; // BPF_LD | BPF_H | BPF_ABS
    private static final int LOAD_HALF_INDIRECT = 0x48; // BPF_LD | BPF_H | BPF_IND
    private static final int LOAD_X_IPV4_HEADER = 0xb1; // BPF_LDX | BPF_B | BPF_MSH
    private static final int JUMP_IF_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private static final int JUMP_IF_ABOVE = 0x25; // BPF_JMP | BPF_JGT | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K

    private PacketFilter() {}

    /** {@code struct icmp_filter}: a set bit blocks its type. */
    static MemorySegment icmpTypes(Arena arena) {
        return arena.allocateFrom(JAVA_INT, ~(1 << ECHO_REPLY));
    }

    /** {@code struct icmp6_filter}: a set bit blocks its type. */
    static MemorySegment icmp6Types(Arena arena) {
        MemorySegment blocked = arena.allocate(JAVA_INT, ICMP6_FILTER_WORDS).fill((byte) 0xff);
        int word = ECHO_REPLY_V6 / Integer.SIZE;
        blocked.setAtIndex(JAVA_INT, word, ~(1 << ECHO_REPLY_V6 % Integer.SIZE));
        return blocked;
    }

    /**
     * A program that accepts messages whose id lies within the range. Raw IPv4 sockets see the IP
     * header first, raw IPv6 ones do not.
     */
    static MemorySegment ids(Arena arena, boolean ipv6, int first, int last) {
        MemorySegment code = arena.allocate(SOCK_FILTER, 6);
        instruction(code, 0, LOAD_X_IPV4_HEADER, 0, 0, 0);
        instruction(code, 1, ipv6 ? LOAD_HALF_ABSOLUTE : LOAD_HALF_INDIRECT, 0, 0, ID_AT);
        instruction(code, 2, JUMP_IF_AT_LEAST, 0, 2, first);
        instruction(code, 3, JUMP_IF_ABOVE, 1, 0, last);
        instruction(code, 4, RETURN, 0, 0, -1);
        instruction(code, 5, RETURN, 0, 0, 0);
        MemorySegment program = arena.allocate(SOCK_FPROG);
        program.set(JAVA_SHORT, 0, (short) 6);
        program.set(ADDRESS, 8, code);
        return program;
    }

    private static void instruction(
            MemorySegment code, int index, int operation, int ifTrue, int ifFalse, int operand) {
        long at = index * SOCK_FILTER.byteSize();
        code.set(JAVA_SHORT, at, (short) operation);
        code.set(JAVA_BYTE, at + 2, (byte) ifTrue);
        code.set(JAVA_BYTE, at + 3, (byte) ifFalse);
        code.set(JAVA_INT, at + 4, operand);
    }
}
