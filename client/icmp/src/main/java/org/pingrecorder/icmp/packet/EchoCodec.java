package org.pingrecorder.icmp.packet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The echo messages of one engine and address family (RFC 792, RFC 4443): an 8-byte header, an
 * 8-byte token that only the sender can know, and a fixed filling. Immutable; holds no sockets.
 *
 * <p>A received message is untrusted: only {@link #isReply} and {@link #isRequest} take any length;
 * the readers of fields need the length that their javadoc names.
 */
public final class EchoCodec {

    /** Type, code, checksum, id and sequence. */
    public static final int HEADER_BYTES = 8;

    /** The token follows the header. */
    public static final int TOKEN_BYTES = 8;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int CHECKSUM_AT = 2;
    private static final int ID_AT = 4;
    private static final int SEQUENCE_AT = 6;
    private static final int FILLING_AT = HEADER_BYTES + TOKEN_BYTES;

    private final byte requestType;
    private final byte replyType;
    private final boolean checksummed;
    private final MemorySegment template;
    private final long templateSum;

    /**
     * A codec for messages of one size.
     *
     * @param ipv6 ICMPv6 instead of ICMP
     * @param checksummed whether checksums are ours to write and verify, not the kernel's
     * @param payloadBytes bytes after the header, at least {@link #TOKEN_BYTES}
     */
    public EchoCodec(boolean ipv6, boolean checksummed, int payloadBytes) {
        if (payloadBytes < TOKEN_BYTES) {
            throw new IllegalArgumentException("no room for a token in " + payloadBytes);
        }
        this.requestType = (byte) (ipv6 ? 128 : 8);
        this.replyType = (byte) (ipv6 ? 129 : 0);
        this.checksummed = checksummed;
        byte[] message = new byte[HEADER_BYTES + payloadBytes];
        message[0] = requestType;
        for (int at = FILLING_AT; at < message.length; at++) {
            message[at] = (byte) at;
        }
        this.template = MemorySegment.ofArray(message);
        this.templateSum = Checksum.sum(template, 0, message.length);
    }

    /** Bytes of one message, header included. */
    public int messageBytes() {
        return (int) template.byteSize();
    }

    /** Writes everything that all requests share; {@link #stamp} writes the rest. */
    public void prepare(MemorySegment memory, long offset) {
        MemorySegment.copy(template, 0, memory, offset, template.byteSize());
    }

    /** Makes a prepared message the request with this id, sequence and token. */
    public void stamp(MemorySegment memory, long offset, int id, int sequence, long token) {
        memory.set(SHORT, offset + ID_AT, (short) id);
        memory.set(SHORT, offset + SEQUENCE_AT, (short) sequence);
        memory.set(LONG, offset + HEADER_BYTES, token);
        if (checksummed) {
            long tokenSum =
                    (token >>> 48)
                            + (token >>> 32 & 0xffff)
                            + (token >>> 16 & 0xffff)
                            + (token & 0xffff);
            int checksum =
                    Checksum.of(templateSum + (id & 0xffff) + (sequence & 0xffff) + tokenSum);
            memory.set(SHORT, offset + CHECKSUM_AT, (short) checksum);
        }
    }

    /** Whether these bytes begin like an echo reply, header complete. */
    public boolean isReply(MemorySegment memory, long offset, int bytes) {
        return begins(memory, offset, bytes, replyType);
    }

    /** Whether these bytes, as quoted by an ICMP error, begin like an echo request. */
    public boolean isRequest(MemorySegment memory, long offset, int bytes) {
        return begins(memory, offset, bytes, requestType);
    }

    private static boolean begins(MemorySegment memory, long offset, int bytes, byte type) {
        return bytes >= HEADER_BYTES
                && memory.get(ValueLayout.JAVA_BYTE, offset) == type
                && memory.get(ValueLayout.JAVA_BYTE, offset + 1) == 0;
    }

    /** The id, 0 to 0xffff, of a message of at least {@link #HEADER_BYTES} bytes. */
    public static int id(MemorySegment memory, long offset) {
        return memory.get(SHORT, offset + ID_AT) & 0xffff;
    }

    /** The sequence, 0 to 0xffff, of a message of at least {@link #HEADER_BYTES} bytes. */
    public static int sequence(MemorySegment memory, long offset) {
        return memory.get(SHORT, offset + SEQUENCE_AT) & 0xffff;
    }

    /** Whether so many bytes reach as far as the token's end. */
    public static boolean hasToken(int bytes) {
        return bytes >= HEADER_BYTES + TOKEN_BYTES;
    }

    /** The token of a message for which {@link #hasToken} holds. */
    public static long token(MemorySegment memory, long offset) {
        return memory.get(LONG, offset + HEADER_BYTES);
    }

    /**
     * Whether a reply has the length and the filling that were sent and, where checksums are ours,
     * the right checksum. The token is the caller's to compare.
     */
    public boolean isIntact(MemorySegment memory, long offset, int bytes) {
        if (bytes != messageBytes()) {
            return false;
        }
        if (checksummed && Checksum.of(Checksum.sum(memory, offset, bytes)) != 0) {
            return false;
        }
        return MemorySegment.mismatch(
                        memory, offset + FILLING_AT, offset + bytes, template, FILLING_AT, bytes)
                == -1;
    }
}
