package org.pingrecorder.testnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.pingrecorder.testnet.Answers.Kind;

/** Echo requests without a network, and what a behaviour does with them. */
final class Requests {

    static final int PAYLOAD_BYTES = 56;

    /** An answer, taken apart. */
    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    record Given(Kind kind, long delayNanos, byte[] packet) {

        private int icmpAt() {
            return packet[0] >> 4 == 4 ? 20 : 40;
        }

        int icmpBytes() {
            return packet.length - icmpAt();
        }

        int icmp(int index) {
            return packet[icmpAt() + index] & 0xff;
        }
    }

    private Requests() {}

    /** The {@code number}th request of a rule to this address, arrived at this time. */
    static Request to(String address, long number, long arrivedNanos) {
        Subnet host = Subnet.parse(address);
        Subnet source = Subnet.parse(host.ipv6() ? FarEnd.LOCAL_IPV6 : FarEnd.LOCAL_IPV4);
        byte[] icmp = new byte[8 + PAYLOAD_BYTES];
        icmp[0] = (byte) (host.ipv6() ? 128 : 8);
        for (int i = 4; i < icmp.length; i++) {
            icmp[i] = (byte) i;
        }
        byte[] packet =
                IpPacket.icmp(source.address().getAddress(), host.address().getAddress(), icmp);
        return Objects.requireNonNull(Request.parse(packet, arrivedNanos)).numbered(number);
    }

    static List<Given> answers(Behaviour behaviour, Request request) {
        List<Given> answers = new ArrayList<>();
        behaviour.answer(
                request, (kind, delay, packet) -> answers.add(new Given(kind, delay, packet)));
        return answers;
    }

    /** The answers to so many requests of one rule, all of which arrived at time 0. */
    static List<List<Given>> answersToMany(Behaviour behaviour, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(number -> answers(behaviour, to("10.1.2.3", number, 0)))
                .toList();
    }
}
