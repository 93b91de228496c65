package org.pingrecorder.testnet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A TUN device: what is written to it arrives from it, as if from a network. */
final class TunDevice implements AutoCloseable {

    static final Path CONTROL = Path.of("/dev/net/tun");

    private static final long TUNSETIFF = 0x400454caL;
    private static final int IFF_TUN = 0x0001;
    private static final int IFF_NO_PI = 0x1000;
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    private final int fd;

    private TunDevice(int fd) {
        this.fd = fd;
    }

    /** A new device in the calling thread's namespace, down and without an address. */
    static TunDevice open(String name) throws IOException {
        int fd = Kernel.open(CONTROL.toString(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = NetworkInterface.request(arena, name);
            NetworkInterface.setShort(request, IFF_TUN | IFF_NO_PI);
            Kernel.ioctl(fd, TUNSETIFF, request);
            return new TunDevice(fd);
        } catch (IOException fault) {
            Kernel.close(fd);
            throw fault;
        }
    }

    /** Takes all packets that wait, and forgets them. */
    void discard(PacketCalls calls, MemorySegment memory) throws IOException {
        int result;
        do {
            result = calls.read(fd, memory, memory.byteSize());
        } while (result > 0);
        if (result < 0 && result != -Kernel.EAGAIN) {
            throw new IOException("reading the TUN device failed with errno " + -result);
        }
    }

    void write(PacketCalls calls, MemorySegment packet, int bytes) throws IOException {
        int result = calls.write(fd, packet, bytes);
        if (result < 0) {
            throw new IOException("writing to the TUN device failed with errno " + -result);
        }
    }

    @Override
    public void close() {
        Kernel.close(fd);
    }
}
