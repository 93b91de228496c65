package org.pingrecorder.testnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How the hosts of a prefix answer an echo request: a list of packets, each after its own delay.
 * Behaviours are made from {@link #reply}, {@link #silence} and {@link #error} and combined by the
 * methods that take one and give another. Called on the far end's thread only.
 */
@FunctionalInterface
public interface Behaviour {

    /** What an answer is, for counting. */
    enum Kind {
        REPLY,
        ERROR
    }

    /**
     * One packet of an answer.
     *
     * @param kind what it counts as
     * @param delayNanos how long after the request it is sent
     * @param packet the whole IP packet
     */
    @SuppressWarnings("ArrayRecordComponent") // handed straight to the device, never compared
    record Answer(Kind kind, long delayNanos, byte[] packet) {}

    /** The answers to one request; empty for none. */
    List<Answer> answer(Request request);

    /** One correct reply at once. */
    static Behaviour reply() {
        return request -> List.of(new Answer(Kind.REPLY, 0, request.reply()));
    }

    /** A reply with one wrong byte in its payload and a sound checksum. */
    static Behaviour corruptedReply() {
        return request -> List.of(new Answer(Kind.REPLY, 0, request.corruptedReply()));
    }

    /** No answer. */
    static Behaviour silence() {
        return request -> List.of();
    }

    /** An ICMP error from a router, quoting as much as routers must: eight bytes of ours. */
    static Behaviour error(int type, int code, String router) {
        return error(type, code, router, 8);
    }

    /** An ICMP error from a router, quoting so many bytes of the ICMP message. */
    static Behaviour error(int type, int code, String router, int quotedIcmpBytes) {
        return request ->
                List.of(
                        new Answer(
                                Kind.ERROR, 0, request.error(type, code, router, quotedIcmpBytes)));
    }

    /** The same answers, later. */
    default Behaviour after(Duration delay) {
        return request ->
                answer(request).stream()
                        .map(
                                a ->
                                        new Answer(
                                                a.kind(),
                                                a.delayNanos() + delay.toNanos(),
                                                a.packet()))
                        .toList();
    }

    /** Each of the same answers so many times. */
    default Behaviour copies(int count) {
        return request ->
                answer(request).stream()
                        .flatMap(a -> Collections.nCopies(count, a).stream())
                        .toList();
    }

    /** These answers, and those of another behaviour. */
    default Behaviour and(Behaviour other) {
        return request -> {
            List<Answer> both = new ArrayList<>(answer(request));
            both.addAll(other.answer(request));
            return both;
        };
    }
}
