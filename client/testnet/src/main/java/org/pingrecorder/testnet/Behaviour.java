package org.pingrecorder.testnet;

import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * How the hosts of a prefix answer an echo request: with any number of packets, each after its own
 * delay. Behaviours are made here, by {@link WrongReply} and by {@link RateLimit}, and combined by
 * the methods that take one and give another. Whatever is random is decided by a seed and the
 * request's number within its rule; what shall be independent needs seeds of its own. Called on the
 * far end's thread only.
 */
@FunctionalInterface
public interface Behaviour {

    /** Adds the answers to one request; none to be silent. */
    void answer(Request request, Answers answers);

    /** One correct reply at once. */
    static Behaviour reply() {
        return (request, answers) ->
                answers.add(Answers.Kind.REPLY, 0, request.answer(request.replyMessage()));
    }

    /** No answer. */
    static Behaviour silence() {
        return (request, answers) -> {};
    }

    /** An ICMP error from a router, quoting as much as routers must: eight bytes of ours. */
    static Behaviour error(int type, int code, String router) {
        return error(type, code, router, 8);
    }

    /** An ICMP error from a router, quoting so many bytes of the ICMP message. */
    static Behaviour error(int type, int code, String router, int quotedIcmpBytes) {
        return error(type, code, 0, router, quotedIcmpBytes);
    }

    /** "Fragmentation needed" or IPv6's "packet too big", with the MTU of the link beyond. */
    static Behaviour tooBig(int mtu, String router) {
        return router.contains(":")
                ? error(2, 0, mtu, router, Integer.MAX_VALUE)
                : error(3, 4, mtu, router, 8);
    }

    private static Behaviour error(
            int type, int code, int restOfHeader, String router, int quotedIcmpBytes) {
        byte[] from = Subnet.parse(router).address().getAddress();
        return (request, answers) ->
                answers.add(
                        Answers.Kind.ERROR,
                        0,
                        request.error(type, code, restOfHeader, from, quotedIcmpBytes));
    }

    /** The same answers, later. */
    default Behaviour after(Duration delay) {
        long laterNanos = delay.toNanos();
        return (request, answers) ->
                answer(
                        request,
                        (kind, delayNanos, packet) ->
                                answers.add(kind, delayNanos + laterNanos, packet));
    }

    /** The same answers, earlier or later by chance, but never before the request. */
    default Behaviour with(Jitter jitter) {
        return (request, answers) -> {
            long jitterNanos = jitter.nanos(request);
            answer(
                    request,
                    (kind, delayNanos, packet) ->
                            answers.add(kind, Math.max(0, delayNanos + jitterNanos), packet));
        };
    }

    /** Each of the same answers so many times. */
    default Behaviour copies(int count) {
        return (request, answers) ->
                answer(
                        request,
                        (kind, delayNanos, packet) -> {
                            for (int i = 0; i < count; i++) {
                                answers.add(kind, delayNanos, packet);
                            }
                        });
    }

    /** These answers, and those of another behaviour. */
    default Behaviour and(Behaviour other) {
        return (request, answers) -> {
            answer(request, answers);
            other.answer(request, answers);
        };
    }

    /** For a share of the requests, 0 to 1, another behaviour instead of this one. */
    default Behaviour sometimes(double share, long seed, Behaviour other) {
        return (request, answers) ->
                (request.random(seed) < share ? other : this).answer(request, answers);
    }

    /** For a share of the requests no answer. */
    default Behaviour lossy(double share, long seed) {
        return sometimes(share, seed, silence());
    }

    /** A share of the answers is held back, so that what was sent later overtakes it. */
    default Behaviour reordered(double share, Duration heldBack, long seed) {
        return sometimes(share, seed, after(heldBack));
    }

    /** During the periods of a schedule another behaviour instead of this one. */
    default Behaviour during(Schedule schedule, Behaviour other) {
        return (request, answers) ->
                (schedule.covers(request.arrivedNanos()) ? other : this).answer(request, answers);
    }

    /** The same answers, arriving with a TTL (hop limit) that the request decides, 1 to 255. */
    default Behaviour ttl(ToIntFunction<Request> ttl) {
        return (request, answers) ->
                answer(
                        request,
                        (kind, delayNanos, packet) ->
                                answers.add(
                                        kind,
                                        delayNanos,
                                        IpPacket.withTtl(packet, ttl.applyAsInt(request))));
    }

    /** No more answered requests than a rate limiter lets through. */
    default Behaviour limited(RateLimit limit) {
        return (request, answers) -> {
            if (limit.admits(request.arrivedNanos())) {
                answer(request, answers);
            }
        };
    }
}
