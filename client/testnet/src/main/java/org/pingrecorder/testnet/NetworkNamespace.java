package org.pingrecorder.testnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Linux network namespace with nothing but loopback, entered by one thread of its own: on Linux
 * the namespace is a property of the thread. Sockets opened on that thread stay in the namespace
 * whoever uses them; processes started from it live there too. Thread-safe. Needs root.
 */
public final class NetworkNamespace implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x40000000;

    /** The default of 500 drops packets of a burst, which no count would show. */
    private static final int QUEUED_PACKETS = 1 << 16;

    private static final Path PING_GROUP_RANGE = Path.of("/proc/sys/net/ipv4/ping_group_range");

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("network-namespace").daemon().factory());

    private final AtomicBoolean keepsOffTheFarEnd = new AtomicBoolean();

    private NetworkNamespace() {}

    /** A new namespace with loopback up and every sysctl at the kernel's default. */
    public static NetworkNamespace create() throws Exception {
        NetworkNamespace namespace = new NetworkNamespace();
        try {
            namespace.call(
                    () -> {
                        Kernel.unshare(CLONE_NEWNET);
                        NetworkInterface.up("lo");
                        return true;
                    });
            return namespace;
        } catch (Exception fault) {
            namespace.close();
            throw fault;
        }
    }

    /**
     * Why namespaces and TUN devices do not work here, so that a test may skip itself; empty where
     * they do.
     *
     * @throws IllegalStateException instead, where the environment variable {@code CI} is set:
     *     there nothing may be skipped
     */
    public static Optional<String> skipReason() {
        Optional<String> reason = whyUnavailable();
        if (reason.isPresent() && System.getenv("CI") != null) {
            throw new IllegalStateException(reason.get());
        }
        return reason;
    }

    private static Optional<String> whyUnavailable() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.of("the test network needs Linux");
        }
        if (!Files.isWritable(TunDevice.CONTROL)) {
            return Optional.of("the test network needs root and " + TunDevice.CONTROL);
        }
        try (NetworkNamespace namespace = create()) {
            return Optional.empty();
        } catch (Exception fault) {
            return Optional.of("the test network needs root: " + fault.getMessage());
        }
    }

    /**
     * Runs something on the namespace's thread and returns its result. Threads that it starts may
     * open sockets in the namespace too.
     */
    public <T> T call(Callable<T> callable) throws Exception {
        try {
            return thread.submit(callable).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    /** Lets every group open datagram ICMP sockets; a new namespace admits nobody. */
    public void allowDatagramIcmp() throws Exception {
        pingGroupRange("0 2147483647");
    }

    /** Sets {@code net.ipv4.ping_group_range}. */
    public void pingGroupRange(String range) throws Exception {
        call(() -> Files.writeString(PING_GROUP_RANGE, range));
    }

    /** Starts a process inside the namespace. */
    public Process start(ProcessBuilder process) throws Exception {
        return call(process::start);
    }

    /** Adds a TUN device, up, with an address of each family; see {@link FarEnd}. */
    TunDevice tun(String name, Subnet... subnets) throws Exception {
        return call(
                () -> {
                    TunDevice device = TunDevice.open(name);
                    try {
                        NetworkInterface.queueLength(name, QUEUED_PACKETS);
                        NetworkInterface.up(name);
                        for (Subnet subnet : subnets) {
                            NetworkInterface.address(name, subnet.address(), subnet.bits());
                        }
                        return device;
                    } catch (IOException fault) {
                        device.close();
                        throw fault;
                    }
                });
    }

    /** See {@link Processors}. Twice is once: a second far end has the same processor. */
    void keepOffTheFarEnd() throws Exception {
        if (!keepsOffTheFarEnd.getAndSet(true)) {
            call(
                    () -> {
                        Processors.leaveLast();
                        return true;
                    });
        }
    }

    /** Ends the thread; the namespace ends with the last socket and process in it. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
