package org.pingrecorder.oneoff;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;

/**
 * Finds the addresses of a run's hosts, each once: addresses at once, names side by side on threads
 * of their own. A name is given up when its lookup takes too long, and all that are left when the
 * resolver has answered nothing at all for a while.
 */
final class Lookups {

    /** Lookups under way at once, those not counted that were given up. */
    static final int AT_ONCE = 64;

    private static final long ONE_LOOKUP_NANOS = 5_000_000_000L;
    private static final long NO_ANSWER_NANOS = 10_000_000_000L;

    /** Who learns what was found, once for each host, on any thread. */
    interface Answers {
        void located(int host, EchoTarget target);

        void unresolved(int host, String fault);
    }

    /** One lookup under way. */
    private static final class Lookup {
        final int host;
        final AtomicBoolean answered = new AtomicBoolean();
        volatile long askedNanos;

        Lookup(int host) {
            this.host = host;
        }
    }

    private final List<PingHost> hosts;
    private final HostLookup.Finder finder;
    private final Answers answers;
    private final Clock clock;
    private final Queue<Lookup> waiting = new ConcurrentLinkedQueue<>();
    private final Set<Lookup> asking = ConcurrentHashMap.newKeySet();

    /** Platform threads: a lookup is a native call, which would hold a virtual one's carrier. */
    private final ThreadFactory threads = Thread.ofPlatform().name("lookup-", 0).daemon().factory();

    private volatile long lastAnswerNanos;

    Lookups(List<PingHost> hosts, HostLookup.Finder finder, Answers answers, Clock clock) {
        this.hosts = hosts;
        this.finder = finder;
        this.answers = answers;
        this.clock = clock;
    }

    /** Answers for all addresses, and begins to ask for names. */
    void start() {
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).given().kind() == Address.Kind.NAME) {
                waiting.add(new Lookup(i));
            } else {
                ask(new Lookup(i));
            }
        }
        lastAnswerNanos = clock.nanoTime();
        startThreads(Math.min(AT_ONCE, waiting.size()));
    }

    private void startThreads(int count) {
        for (int i = 0; i < count; i++) {
            threads.newThread(this::work).start();
        }
    }

    /** Asks until nothing waits, or until a lookup was given up: then another thread has begun. */
    private void work() {
        Lookup next = waiting.poll();
        while (next != null) {
            next.askedNanos = clock.nanoTime();
            asking.add(next);
            boolean inTime = ask(next);
            asking.remove(next);
            next = inTime ? waiting.poll() : null;
        }
    }

    /** Whether the answer came before the lookup was given up. */
    private boolean ask(Lookup lookup) {
        PingHost host = hosts.get(lookup.host);
        try {
            EchoTarget target = finder.find(host.given(), host.family(), null);
            if (!lookup.answered.compareAndSet(false, true)) {
                return false;
            }
            host.locate(target);
            answers.located(lookup.host, target);
        } catch (UnknownHostException | RuntimeException e) {
            // A fault of the lookup's own must not leave a run waiting for its answer.
            if (!giveUp(lookup, String.valueOf(e.getMessage()))) {
                return false;
            }
        }
        lastAnswerNanos = clock.nanoTime();
        return true;
    }

    private boolean giveUp(Lookup lookup, String fault) {
        boolean first = lookup.answered.compareAndSet(false, true);
        if (first) {
            answers.unresolved(lookup.host, fault);
        }
        return first;
    }

    /** Gives up what takes too long. To be called a few times a second until nothing is left. */
    void tick() {
        long nowNanos = clock.nanoTime();
        if (nowNanos - lastAnswerNanos > NO_ANSWER_NANOS) {
            for (Lookup lookup = waiting.poll(); lookup != null; lookup = waiting.poll()) {
                giveUp(lookup, noAnswer(lookup));
            }
        }
        for (Lookup lookup : new ArrayList<>(asking)) {
            long askedNanos = nowNanos - lookup.askedNanos;
            if (askedNanos > ONE_LOOKUP_NANOS && giveUp(lookup, noAnswer(lookup))) {
                startThreads(1);
            }
        }
    }

    private String noAnswer(Lookup lookup) {
        return hosts.get(lookup.host).given().text() + ": no answer from the resolver";
    }
}
