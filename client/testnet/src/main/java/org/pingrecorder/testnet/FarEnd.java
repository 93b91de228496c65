package org.pingrecorder.testnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The network beyond a TUN device: one thread that reads what is sent to {@code 10.0.0.0/8}, {@code
 * fd00::/8} and {@code fe80::/64} and answers by the rule of the longest matching prefix. Rules may
 * be added, and counts read, by any thread at any time. The namespace's own addresses are {@link
 * #LOCAL_IPV4} and {@link #LOCAL_IPV6}.
 */
public final class FarEnd implements AutoCloseable {

    /** Source address of IPv4 requests; itself answered by the kernel. */
    public static final String LOCAL_IPV4 = "10.255.255.254";

    /** Source address of IPv6 requests; itself answered by the kernel. */
    public static final String LOCAL_IPV6 = "fdff::fffe";

    /** Index of the device in its namespace, as the scope of a link-local address needs it. */
    public static final int INTERFACE_INDEX = 2; // loopback is 1, and there is no third

    private static final String LOCAL_LINK = "fe80::fffe";

    private static final int MAX_PACKET_BYTES = 65_536;
    private static final long MAX_WAIT_NANOS = 20_000_000; // so that close need not wake it
    private static final int REQUESTS = 0;
    private static final int REPLIES = 1;
    private static final int ERRORS = 2;

    /** A prefix, how it behaves and what it counted. */
    private record Rule(Subnet prefix, Behaviour behaviour, AtomicLongArray counts) {}

    /** A packet that waits for its time. */
    private record Pending(long atNanos, Rule rule, Behaviour.Answer answer) {}

    private final TunDevice device;
    private final Thread thread;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparingLong(Pending::atNanos));
    private volatile boolean closing;
    private volatile @Nullable Throwable fault;

    private FarEnd(TunDevice device) {
        this.device = device;
        this.thread = Thread.ofPlatform().name("far-end").daemon().unstarted(this::run);
    }

    /** Adds a TUN device to a namespace and starts its far end, which knows no rule yet. */
    public static FarEnd attach(NetworkNamespace namespace) throws Exception {
        FarEnd farEnd =
                new FarEnd(
                        namespace.tun(
                                "far0",
                                Subnet.parse(LOCAL_IPV4 + "/8"),
                                Subnet.parse(LOCAL_IPV6 + "/8"),
                                Subnet.parse(LOCAL_LINK + "/64")));
        farEnd.thread.start();
        return farEnd;
    }

    /**
     * How the hosts of a prefix, such as {@code 10.1.0.0/16} or one address, behave from now. Its
     * counts begin at zero.
     */
    public void rule(String prefix, Behaviour behaviour) {
        rules.removeIf(rule -> rule.prefix().equals(Subnet.parse(prefix)));
        rules.add(new Rule(Subnet.parse(prefix), behaviour, new AtomicLongArray(ERRORS + 1)));
    }

    /** What was seen and done by the rule of exactly this prefix. */
    public PrefixCounts counts(String prefix) {
        rethrow();
        return rules.stream()
                .filter(rule -> rule.prefix().equals(Subnet.parse(prefix)))
                .map(Rule::counts)
                .map(c -> new PrefixCounts(c.get(REQUESTS), c.get(REPLIES), c.get(ERRORS)))
                .findFirst()
                .orElseThrow();
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(MAX_PACKET_BYTES);
            while (!closing) {
                device.awaitReadable(waitNanos());
                for (int bytes = device.read(memory); bytes > 0; bytes = device.read(memory)) {
                    arrived(memory.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
                }
                sendDue(memory);
            }
        } catch (IOException | RuntimeException caught) {
            fault = caught;
        } finally {
            device.close();
        }
    }

    private long waitNanos() {
        Pending next = pending.peek();
        return next == null
                ? MAX_WAIT_NANOS
                : Math.clamp(next.atNanos() - System.nanoTime(), 0, MAX_WAIT_NANOS);
    }

    private void arrived(byte[] packet) {
        long nowNanos = System.nanoTime();
        Request request = Request.parse(packet);
        Rule rule = request == null ? null : ruleFor(request.destination());
        if (request == null || rule == null) {
            return;
        }
        rule.counts().incrementAndGet(REQUESTS);
        for (Behaviour.Answer answer : rule.behaviour().answer(request)) {
            pending.add(new Pending(nowNanos + answer.delayNanos(), rule, answer));
        }
    }

    private @Nullable Rule ruleFor(byte[] destination) {
        Rule best = null;
        for (Rule rule : rules) {
            boolean longer = best == null || rule.prefix().bits() > best.prefix().bits();
            if (longer && rule.prefix().contains(destination)) {
                best = rule;
            }
        }
        return best;
    }

    private void sendDue(MemorySegment memory) throws IOException {
        long nowNanos = System.nanoTime();
        for (Pending next = pending.peek();
                next != null && next.atNanos() <= nowNanos;
                next = pending.peek()) {
            pending.remove();
            byte[] packet = next.answer().packet();
            MemorySegment.copy(packet, 0, memory, ValueLayout.JAVA_BYTE, 0, packet.length);
            boolean reply = next.answer().kind() == Behaviour.Kind.REPLY;
            next.rule().counts().incrementAndGet(reply ? REPLIES : ERRORS);
            device.write(memory.asSlice(0, packet.length));
        }
    }

    private void rethrow() {
        Throwable caught = fault;
        if (caught instanceof IOException io) {
            throw new UncheckedIOException(io);
        }
        if (caught != null) {
            throw new IllegalStateException(caught);
        }
    }

    /** Ends the thread and removes the device. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }
}
