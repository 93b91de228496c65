package org.pingrecorder.icmp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes and offsets as a C compiler gives them on 64-bit Linux. */
class LayoutTest {

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("sockaddr_in", SocketAddress.IPV4, 16),
                Arguments.of("sockaddr_in6", SocketAddress.IPV6, 28),
                Arguments.of("iovec", MessageVector.IOVEC, 16),
                Arguments.of("msghdr", MessageVector.MSGHDR, 56),
                Arguments.of("mmsghdr", MessageVector.MMSGHDR, 64),
                Arguments.of("cmsghdr", ControlMessages.CMSGHDR, 16),
                Arguments.of("sock_extended_err", ExtendedError.LAYOUT, 16),
                Arguments.of("timespec", TimeSpec.LAYOUT, 16),
                Arguments.of("pollfd", PollSet.POLLFD, 8),
                Arguments.of("sock_filter", PacketFilter.SOCK_FILTER, 8),
                Arguments.of("sock_fprog", PacketFilter.SOCK_FPROG, 16));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void byteSize_struct_isThatOfC(String name, StructLayout layout, long bytes) {
        assertEquals(bytes, layout.byteSize(), name);
    }

    static Stream<Arguments> offsets() {
        return Stream.of(
                Arguments.of(SocketAddress.IPV4, "sin_addr", 4),
                Arguments.of(SocketAddress.IPV6, "sin6_addr", 8),
                Arguments.of(SocketAddress.IPV6, "sin6_scope_id", 24),
                Arguments.of(MessageVector.MSGHDR, "msg_iov", 16),
                Arguments.of(MessageVector.MSGHDR, "msg_control", 32),
                Arguments.of(MessageVector.MSGHDR, "msg_controllen", 40),
                Arguments.of(MessageVector.MSGHDR, "msg_flags", 48),
                Arguments.of(MessageVector.MMSGHDR, "msg_len", 56),
                Arguments.of(ControlMessages.CMSGHDR, "cmsg_type", 12),
                Arguments.of(ExtendedError.LAYOUT, "ee_origin", 4),
                Arguments.of(ExtendedError.LAYOUT, "ee_type", 5),
                Arguments.of(ExtendedError.LAYOUT, "ee_code", 6),
                Arguments.of(PollSet.POLLFD, "revents", 6),
                Arguments.of(PacketFilter.SOCK_FPROG, "filter", 8));
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void byteOffset_field_isThatOfC(StructLayout layout, String field, long offset) {
        assertEquals(offset, layout.byteOffset(PathElement.groupElement(field)), field);
    }
}
