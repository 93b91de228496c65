package org.pingrecorder.testnet;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.pingrecorder.testnet.Answers.Kind;

/**
 * Replies that must not be taken for the answer to a ping. But for {@link #checksum} the checksum
 * is right, so that the kernel lets them pass.
 */
public final class WrongReply {

    private static final int SEQUENCE_AT = 6;
    private static final int TOKEN_AT = 8;
    private static final int CHECKSUM_AT = 2;

    private WrongReply() {}

    private static Behaviour altered(Kind kind, UnaryOperator<byte[]> alteration) {
        return (request, answers) ->
                answers.add(kind, 0, request.answer(alteration.apply(request.replyMessage())));
    }

    private static byte[] flip(byte[] bytes, int at) {
        bytes[at] ^= 0x55;
        return bytes;
    }

    /** The last byte of the payload is another. */
    public static Behaviour payload() {
        return altered(Kind.CORRUPTED, icmp -> flip(icmp, icmp.length - 1));
    }

    /** So many bytes more than were sent. */
    public static Behaviour longer(int bytes) {
        return altered(Kind.CORRUPTED, icmp -> Arrays.copyOf(icmp, icmp.length + bytes));
    }

    /** Only the first bytes of the ICMP message; 8 leave the header. */
    public static Behaviour truncated(int icmpBytes) {
        return altered(Kind.CORRUPTED, icmp -> Arrays.copyOf(icmp, icmpBytes));
    }

    /** Another sequence number, of a ping long ago or yet to come. */
    public static Behaviour sequence() {
        return altered(Kind.FOREIGN, icmp -> flip(icmp, SEQUENCE_AT));
    }

    /** The payload begins with other bytes, as a stranger has to guess them. */
    public static Behaviour token() {
        return altered(Kind.FOREIGN, icmp -> flip(icmp, TOKEN_AT));
    }

    /** A right reply, but from another host. */
    public static Behaviour from(String host) {
        byte[] address = Subnet.parse(host).address().getAddress();
        return (request, answers) ->
                answers.add(Kind.FOREIGN, 0, request.answerFrom(address, request.replyMessage()));
    }

    /** A wrong ICMP checksum. */
    public static Behaviour checksum() {
        return (request, answers) -> {
            byte[] icmp = request.replyMessage();
            byte[] packet = request.answer(icmp);
            answers.add(Kind.CORRUPTED, 0, flip(packet, packet.length - icmp.length + CHECKSUM_AT));
        };
    }
}
