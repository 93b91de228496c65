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
import org.jspecify.annotations.Nullable;

/**
 * The network beyond a TUN device: one thread that sees what is sent to {@code 10.0.0.0/8}, {@code
 * fd00::/8} and {@code fe80::/64} and answers by the rule of the longest matching prefix. Rules may
 * be added, and counts read, by any thread at any time. The namespace's own addresses are {@link
 * #LOCAL_IPV4} and {@link #LOCAL_IPV6}.
 *
 * <p>A delay counts from the moment the kernel gave the request to the device, however late we read
 * it. How far the answers then were from their time, {@link #lateness} tells.
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

    /** Sleeping ends up to this late; the rest of a wait is spent awake. */
    private static final long AWAKE_NANOS = 60_000;

    /** Packets written in one go before looking for requests again. */
    private static final int MAX_SENDS = 256;

    /** A packet that waits for its time; of two at one time the first planned goes first. */
    @SuppressWarnings("ArrayRecordComponent") // handed straight to the device, never compared
    private record Planned(
            long atNanos,
            long order,
            Rule rule,
            Request request,
            Answers.Kind kind,
            int count,
            byte[] packet) {

        static final Comparator<Planned> BY_TIME =
                Comparator.comparingLong(Planned::atNanos).thenComparingLong(Planned::order);
    }

    private final Arena arena = Arena.ofShared();
    private final PacketCalls calls = new PacketCalls(arena);
    private final TunDevice device;
    private final PacketTap tap;
    private final Thread thread;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final PriorityQueue<Planned> planned = new PriorityQueue<>(Planned.BY_TIME);
    private final Lateness lateness = new Lateness();
    private volatile SentAnswers sentAnswers = (request, kind, delayNanos) -> {};
    private volatile boolean idle = true;
    private volatile boolean closing;
    private volatile @Nullable Throwable fault;
    private long order;

    private FarEnd(TunDevice device, NetworkNamespace namespace) throws Exception {
        this.device = device;
        this.tap = namespace.call(() -> PacketTap.open(INTERFACE_INDEX, calls, arena));
        this.thread = Thread.ofPlatform().name("far-end").daemon().unstarted(this::run);
    }

    /**
     * Adds a TUN device to a namespace and starts its far end, which knows no rule yet. What the
     * namespace's thread starts from then on keeps off the far end's processor, if there are two.
     */
    public static FarEnd attach(NetworkNamespace namespace) throws Exception {
        TunDevice device =
                namespace.tun(
                        "far0",
                        Subnet.parse(LOCAL_IPV4 + "/8"),
                        Subnet.parse(LOCAL_IPV6 + "/8"),
                        Subnet.parse(LOCAL_LINK + "/64"));
        try {
            FarEnd farEnd = new FarEnd(device, namespace);
            farEnd.thread.start();
            namespace.keepOffTheFarEnd();
            return farEnd;
        } catch (Exception fault) {
            device.close();
            throw fault;
        }
    }

    /**
     * How the hosts of a prefix, such as {@code 10.1.0.0/16} or one address, behave from now. Its
     * counts begin at zero.
     */
    public void rule(String prefix, Behaviour behaviour) {
        Subnet subnet = Subnet.parse(prefix);
        rules.removeIf(rule -> rule.prefix.equals(subnet));
        rules.add(new Rule(subnet, behaviour));
    }

    /** What was seen and done by the rule of exactly this prefix. */
    public PrefixCounts counts(String prefix) {
        rethrow();
        Subnet subnet = Subnet.parse(prefix);
        return rules.stream()
                .filter(rule -> rule.prefix.equals(subnet))
                .map(Rule::counts)
                .findFirst()
                .orElseThrow();
    }

    /** Whether no answer waits for its time. */
    public boolean isIdle() {
        rethrow();
        return idle;
    }

    /** How late the packets were sent, against the delay of their rule. */
    public Lateness lateness() {
        return lateness;
    }

    /** From now tells this listener, and no other, of every packet that is sent. */
    public void listener(SentAnswers listener) {
        sentAnswers = listener;
    }

    private void run() {
        try {
            Processors.takeLast();
            MemorySegment memory = arena.allocate(MAX_PACKET_BYTES);
            while (!closing) {
                boolean more = readRequests(memory);
                sendDue(memory);
                long waitNanos = waitNanos();
                if (!more && waitNanos > 0) {
                    tap.awaitReadable(waitNanos);
                }
            }
        } catch (IOException | RuntimeException caught) {
            fault = caught;
        } finally {
            tap.close();
            device.close();
            arena.close();
        }
    }

    /** Reads a batch of requests; whether there may be more. */
    private boolean readRequests(MemorySegment memory) throws IOException {
        int count = tap.read();
        for (int i = 0; i < count; i++) {
            arrived(Request.parse(tap.packet(i), tap.sentAtNanos(i)));
        }
        if (count > 0) {
            device.discard(calls, memory); // the tap has shown it to us
            int drops = tap.drops();
            if (drops > 0) {
                throw new IOException(drops + " packets came faster than they were read");
            }
        }
        return count == PacketTap.BATCH;
    }

    private long waitNanos() {
        Planned next = planned.peek();
        idle = next == null;
        return next == null
                ? MAX_WAIT_NANOS
                : Math.min(next.atNanos() - AWAKE_NANOS - System.nanoTime(), MAX_WAIT_NANOS);
    }

    private void arrived(@Nullable Request request) {
        Rule rule = request == null ? null : ruleFor(request);
        if (request != null && rule != null) {
            idle = false;
            Plan plan = new Plan(rule, rule.arrived(request));
            rule.behaviour.answer(plan.request, plan);
            if (!plan.answered) {
                rule.unanswered();
            }
        }
    }

    /** Takes the answers to one request. */
    private final class Plan implements Answers {
        final Rule rule;
        final Request request;
        boolean answered;
        private boolean replied;

        Plan(Rule rule, Request request) {
            this.rule = rule;
            this.request = request;
        }

        @Override
        public void add(Kind kind, long delayNanos, byte[] packet) {
            int count =
                    switch (kind) {
                        case REPLY -> replied ? Rule.DUPLICATES : Rule.REPLIES;
                        case CORRUPTED -> Rule.CORRUPTED;
                        case FOREIGN -> Rule.FOREIGN;
                        case ERROR -> Rule.ERRORS;
                    };
            answered = true;
            replied |= kind == Kind.REPLY;
            long atNanos = request.arrivedNanos() + delayNanos;
            planned.add(new Planned(atNanos, order++, rule, request, kind, count, packet));
        }
    }

    private @Nullable Rule ruleFor(Request request) {
        Rule best = null;
        for (Rule rule : rules) {
            boolean longer = best == null || rule.prefix.bits() > best.prefix.bits();
            if (longer && rule.prefix.contains(request)) {
                best = rule;
            }
        }
        return best;
    }

    private void sendDue(MemorySegment memory) throws IOException {
        for (int sends = 0; sends < MAX_SENDS; sends++) {
            Planned next = planned.peek();
            long nowNanos = System.nanoTime();
            if (next == null || next.atNanos() > nowNanos) {
                return;
            }
            planned.remove();
            byte[] packet = next.packet();
            MemorySegment.copy(packet, 0, memory, ValueLayout.JAVA_BYTE, 0, packet.length);
            next.rule().sending(next.count(), next.request());
            lateness.add(nowNanos - next.atNanos());
            sentAnswers.sending(
                    next.request(), next.kind(), nowNanos - next.request().arrivedNanos());
            device.write(calls, memory, packet.length);
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

    /**
     * Ends the thread and removes the device.
     *
     * @throws IllegalStateException if requests were missed, so that the counts are too low
     */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
        rethrow();
    }
}
