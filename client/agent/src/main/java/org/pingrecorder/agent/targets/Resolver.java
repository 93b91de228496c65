package org.pingrecorder.agent.targets;

import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.PingedIp.Location;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every {@link PingedIp} at its present address: host names are looked up again every minute,
 * and ten seconds after a failure. Lookups run on threads of their own, many at once, so that one
 * name that hangs holds up no other.
 *
 * <p>A name that resolved before and does not now is {@code resolve_error} like any other, though
 * its last address is still known: whose address that is by now nobody can say, and a reply from it
 * would be recorded as the name's own. The outcome says what really happened, that the name did not
 * resolve, and counts neither as sent nor as lost. Whoever wants an address pinged whatever the
 * resolver does gives the address.
 *
 * <p>{@link #follow} and {@link #tick} are for one thread.
 */
public final class Resolver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);

    private static final Duration AGAIN = Duration.ofSeconds(60);
    private static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int LOOKUPS_AT_ONCE = 32;

    /** One ip that is followed. */
    private static final class Follower {
        private final PingedIp ip;
        private final long sinceNanos;
        private volatile boolean asking;
        private volatile long nextNanos;

        Follower(PingedIp ip, long nowNanos) {
            this.ip = ip;
            this.sinceNanos = nowNanos;
            this.nextNanos = nowNanos;
        }
    }

    /** How an address is found; {@link HostLookup#find} but in tests. */
    interface Lookup {
        EchoTarget find(Address address, @Nullable EchoTarget current) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final Clock clock;
    private final Map<PingedIp, Follower> followers = new HashMap<>();

    /** Platform threads: a lookup is a native call, which would hold a virtual one's carrier. */
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    LOOKUPS_AT_ONCE,
                    LOOKUPS_AT_ONCE,
                    5,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().name("lookup-", 0).daemon().factory());

    public Resolver(Clock clock) {
        this(clock, (address, current) -> HostLookup.find(address, null, current));
    }

    Resolver(Clock clock, Lookup lookup) {
        this.clock = clock;
        this.lookup = lookup;
        threads.allowCoreThreadTimeOut(true);
        // The machine's own resolver caches as its owner wants; ours would only add to it.
        Security.setProperty("networkaddress.cache.ttl", "5");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    /** Follows these ips and no others; addresses are located when this returns. */
    public void follow(List<PingedIp> ips) {
        Map<PingedIp, Follower> before = new HashMap<>(followers);
        followers.clear();
        long nowNanos = clock.nanoTime();
        for (PingedIp ip : ips) {
            Follower follower = before.getOrDefault(ip, new Follower(ip, nowNanos));
            followers.put(ip, follower);
            if (ip.address().kind() != Address.Kind.NAME
                    && follower.ip.location() instanceof Location.Pending) {
                ask(follower);
            }
        }
        tick();
    }

    /** Asks for what is due. To be called about once a second. */
    public void tick() {
        long nowNanos = clock.nanoTime();
        for (Follower follower : followers.values()) {
            if (!follower.asking && nowNanos - follower.nextNanos >= 0) {
                follower.asking = true;
                threads.execute(() -> ask(follower));
            } else if (follower.ip.location() instanceof Location.Pending
                    && nowNanos - follower.sinceNanos > FIRST_ANSWER_WITHIN.toNanos()) {
                unknown(follower.ip, follower.ip.address() + ": no answer from the resolver");
            }
        }
    }

    private void ask(Follower follower) {
        PingedIp ip = follower.ip;
        Location before = ip.location();
        EchoTarget current = before instanceof Location.Found found ? found.target() : null;
        Duration again = AGAIN;
        try {
            EchoTarget target = lookup.find(ip.address(), current);
            if (current == null || !target.address().equals(current.address())) {
                found(ip, before, target);
            }
        } catch (UnknownHostException e) {
            again = AGAIN_AFTER_FAILURE;
            unknown(ip, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the lookup of {} broke", ip.address(), e);
            again = AGAIN_AFTER_FAILURE;
            unknown(ip, ip.address() + ": the lookup broke");
        } finally {
            boolean fixed = ip.address().kind() != Address.Kind.NAME && again.equals(AGAIN);
            follower.nextNanos = clock.nanoTime() + (fixed ? Long.MAX_VALUE / 2 : again.toNanos());
            follower.asking = false;
        }
    }

    private static void found(PingedIp ip, Location before, EchoTarget target) {
        ip.locate(new Location.Found(target));
        if (!(before instanceof Location.Pending)) {
            LOG.info("{} is at {} now", ip.address(), target.address().getHostAddress());
        }
    }

    private static void unknown(PingedIp ip, String cause) {
        if (!(ip.location() instanceof Location.Unknown)) {
            LOG.warn("{}; asking again every {} s", cause, AGAIN_AFTER_FAILURE.toSeconds());
        }
        ip.locate(new Location.Unknown(cause));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
