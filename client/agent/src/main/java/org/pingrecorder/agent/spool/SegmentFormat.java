package org.pingrecorder.agent.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment. A header: magic, version, the spool that numbered its batches, and the
 * CRC-32C of these. Then records: marker, length, CRC-32C of the body, body. A batch's body is what
 * {@code BatchEncoder} makes; the last record of a segment that was closed is its {@link Summary}.
 * Numbers of a fixed length are big-endian.
 */
final class SegmentFormat {

    static final int VERSION = 1;
    static final int HEADER_BYTES = 8 + 4 + 16 + 4;
    static final int HEAD_BYTES = 4 + 4 + 4;

    /** "PRba" and "PRsu": where one is found, a record may begin. */
    static final int BATCH = 0x50526261;

    static final int SUMMARY = 0x50527375;
    static final int SUMMARY_BYTES = 8 + 8 + 8;

    /** A batch has at most 50,000 pings, and its ips may all be new. */
    static final int MOST_BODY_BYTES = 64 << 20;

    private static final byte[] MAGIC = "PRspool\n".getBytes(StandardCharsets.US_ASCII);

    private SegmentFormat() {}

    /**
     * What a closed segment holds.
     *
     * @param firstMicros the earliest planned time
     * @param lastMicros the latest planned time
     */
    record Summary(long pings, long firstMicros, long lastMicros) {

        byte[] body() {
            return ByteBuffer.allocate(SUMMARY_BYTES)
                    .putLong(pings)
                    .putLong(firstMicros)
                    .putLong(lastMicros)
                    .array();
        }

        static Summary of(byte[] body) {
            ByteBuffer in = ByteBuffer.wrap(body);
            return new Summary(in.getLong(), in.getLong(), in.getLong());
        }
    }

    static byte[] header(UUID spool) {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES)
                        .put(MAGIC)
                        .putInt(VERSION)
                        .putLong(spool.getMostSignificantBits())
                        .putLong(spool.getLeastSignificantBits());
        return header.putInt(crc(header.array(), HEADER_BYTES - 4)).array();
    }

    /**
     * Reads a header.
     *
     * @throws UnreadableSegmentException if no version of this client wrote it, or another did
     */
    static UUID spool(byte[] header) throws UnreadableSegmentException {
        ByteBuffer in = ByteBuffer.wrap(header);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new UnreadableSegmentException("it does not begin as a spool does", false);
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new UnreadableSegmentException(
                    "it has format " + version + ", this version reads " + VERSION, true);
        }
        UUID spool = new UUID(in.getLong(), in.getLong());
        if (in.getInt() != crc(header, HEADER_BYTES - 4)) {
            throw new UnreadableSegmentException("its first bytes are damaged", false);
        }
        return spool;
    }

    /** The bytes before a body. */
    static byte[] head(int marker, byte[] body, int length) {
        return ByteBuffer.allocate(HEAD_BYTES)
                .putInt(marker)
                .putInt(length)
                .putInt(crc(body, length))
                .array();
    }

    static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
