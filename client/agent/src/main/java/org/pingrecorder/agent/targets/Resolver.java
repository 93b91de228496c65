package org.pingrecorder.agent.targets;

import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.PingedIp.Location;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.oneoff.HostLookup;
import org.pingrecorder.wire.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every {@link PingedIp} at its present address: host names are looked up again and again,
 * sooner after a failure. Lookups run on threads of their own, {@value #LOOKUPS_AT_ONCE} at once. A
 * lookup that takes longer than a second gives its place to the next, and from then on its name
 * waits with others of its kind: names that hang hold up names that hang.
 *
 * <p>A name that resolved before and does not now is {@code resolve_error} like any other, though
 * its last address is still known: whose address that is by now nobody can say, and a reply from it
 * would be recorded as the name's own. The outcome says what really happened, that the name did not
 * resolve, and counts neither as sent nor as lost. Whoever wants an address pinged whatever the
 * resolver does gives the address.
 *
 * <p>An address with a zone is followed like a name, because interfaces come and go; any other is
 * located once. Thread-safe.
 */
public final class Resolver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(5);

    /** Lookups of each kind, quick and slow. */
    static final int LOOKUPS_AT_ONCE = 32;

    /** A lookup is slow from here on. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** Slow lookups that no longer stand in the way; more than this, and quick names wait too. */
    private static final int MOST_SLOW = 128;

    private enum State {
        RESTING,
        WAITING,
        ASKING
    }

    /** One ip that is followed. */
    private static final class Follower {
        private final PingedIp ip;
        private final long sinceNanos;
        private State state = State.RESTING;
        private boolean slow;
        private long nextNanos;
        private long askedNanos;

        Follower(PingedIp ip, long nowNanos) {
            this.ip = ip;
            this.sinceNanos = nowNanos;
            this.nextNanos = nowNanos;
        }
    }

    private final HostLookup.Finder finder;
    private final Clock clock;
    private final Duration every;
    private final Duration afterFailure;
    private final Queue<Follower> quick = new ArrayDeque<>();
    private final Queue<Follower> slow = new ArrayDeque<>();
    private Map<PingedIp, Follower> followers = Map.of();
    private int quickAsking;
    private int slowAsking;
    private boolean closed;

    /** Platform threads: a lookup is a native call, which would hold a virtual one's carrier. */
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().name("lookup-", 0).daemon().factory());

    /**
     * Follows nothing yet.
     *
     * @param every how often a name is looked up
     */
    public Resolver(Clock clock, Duration every) {
        this(clock, every, HostLookup::find);
    }

    Resolver(Clock clock, Duration every, HostLookup.Finder finder) {
        this.clock = clock;
        this.every = every;
        this.afterFailure = every.compareTo(AFTER_FAILURE) < 0 ? every : AFTER_FAILURE;
        this.finder = finder;
        // The machine's own resolver caches as its owner wants; ours would only add to it.
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    /** Follows these ips and no others; addresses are located when this returns. */
    public synchronized void follow(List<PingedIp> ips) {
        Map<PingedIp, Follower> before = followers;
        Map<PingedIp, Follower> now = new HashMap<>();
        long nowNanos = clock.nanoTime();
        for (PingedIp ip : ips) {
            boolean isName = ip.address().kind() == Address.Kind.NAME;
            if (!isName && ip.location() instanceof Location.Pending) {
                locate(ip, look(ip));
            }
            if (isName || hasZone(ip.address())) {
                Follower follower = before.get(ip);
                now.put(ip, follower == null ? new Follower(ip, nowNanos) : follower);
            }
        }
        followers = now;
        quick.removeIf(follower -> !followers.containsKey(follower.ip));
        slow.removeIf(follower -> !followers.containsKey(follower.ip));
        tick();
    }

    private static boolean hasZone(Address address) {
        return address.text().indexOf('%') >= 0;
    }

    /** Asks for what is due. To be called about once a second. */
    public synchronized void tick() {
        long nowNanos = clock.nanoTime();
        for (Follower follower : followers.values()) {
            if (follower.state == State.RESTING && nowNanos - follower.nextNanos >= 0) {
                follower.state = State.WAITING;
                (follower.slow ? slow : quick).add(follower);
            } else if (follower.state == State.ASKING
                    && !follower.slow
                    && isSlow(follower, nowNanos)
                    && slowAsking < MOST_SLOW) {
                follower.slow = true;
                quickAsking--;
                slowAsking++;
            }
            if (follower.ip.location() instanceof Location.Pending
                    && nowNanos - follower.sinceNanos > FIRST_ANSWER_WITHIN.toNanos()) {
                locate(
                        follower.ip,
                        new Location.Unknown(follower.ip + ": no answer from the resolver"));
            }
        }
        askNext();
    }

    private static boolean isSlow(Follower follower, long nowNanos) {
        return nowNanos - follower.askedNanos > SLOW.toNanos();
    }

    private synchronized void askNext() {
        while (!closed && quickAsking < LOOKUPS_AT_ONCE && !quick.isEmpty()) {
            quickAsking++;
            ask(quick.remove());
        }
        while (!closed && slowAsking < LOOKUPS_AT_ONCE && !slow.isEmpty()) {
            slowAsking++;
            ask(slow.remove());
        }
    }

    private void ask(Follower follower) {
        follower.state = State.ASKING;
        follower.askedNanos = clock.nanoTime();
        threads.execute(() -> answered(follower, look(follower.ip)));
    }

    private synchronized void answered(Follower follower, Location location) {
        if (followers.get(follower.ip) == follower) {
            locate(follower.ip, location);
        }
        Duration again = location instanceof Location.Found ? every : afterFailure;
        long nowNanos = clock.nanoTime();
        if (follower.slow) {
            slowAsking--;
        } else {
            quickAsking--;
        }
        follower.slow = isSlow(follower, nowNanos);
        follower.nextNanos = nowNanos + again.toNanos();
        follower.state = State.RESTING;
        askNext();
    }

    /** Where an ip is now; blocks while the machine's resolver works. */
    private Location look(PingedIp ip) {
        EchoTarget current = ip.location() instanceof Location.Found found ? found.target() : null;
        try {
            return new Location.Found(finder.find(ip.address(), ip.family(), current));
        } catch (UnknownHostException e) {
            return new Location.Unknown(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the lookup of {} broke", ip, e);
            return new Location.Unknown(ip + ": the lookup broke");
        }
    }

    /** Writes down where an ip is, and tells what people would want to know of it. */
    private void locate(PingedIp ip, Location now) {
        Location before = ip.location();
        if (now.equals(before)) {
            return;
        }
        ip.locate(now);
        if (now instanceof Location.Unknown unknown && !(before instanceof Location.Unknown)) {
            LOG.warn("{}; asking again every {} s", unknown.cause(), afterFailure.toSeconds());
        } else if (now instanceof Location.Found found && !(before instanceof Location.Pending)) {
            LOG.info("{} is at {} now", ip, found.target());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdownNow();
    }
}
