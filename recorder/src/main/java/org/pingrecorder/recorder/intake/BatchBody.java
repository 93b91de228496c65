package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpStatus;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.pingrecorder.recorder.http.Fault;

/**
 * The body of a delivery, unpacked while it is read: gzip, told by its first bytes (no JSON begins
 * so), or as it is. What unpacks to too much is not unpacked further. Throws {@link Fault}.
 */
final class BatchBody extends FilterInputStream {

    static final int LONGEST_UNPACKED_MEGABYTES = 64;
    private static final int LONGEST_UNPACKED = LONGEST_UNPACKED_MEGABYTES << 20;
    private static final int BUFFER_BYTES = 16 << 10;

    private final ReadingRoom room;
    private int taken;
    private long unpacked;

    private BatchBody(InputStream in, ReadingRoom room) {
        super(in);
        this.room = room;
    }

    /** The text of a body; closing it gives back the room that reading takes. */
    static InputStream of(byte[] body, ReadingRoom room) {
        InputStream bytes = new ByteArrayInputStream(body);
        boolean isGzip = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
        if (!isGzip) {
            return new BatchBody(bytes, room);
        }
        try {
            return new BatchBody(new GZIPInputStream(bytes, BUFFER_BYTES), room);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int start, int length) {
        if (unpacked >= (long) taken << 20 && taken < LONGEST_UNPACKED_MEGABYTES) {
            room.take();
            taken++;
        }
        try {
            int read = in.read(into, start, length);
            unpacked += Math.max(0, read);
            if (unpacked > LONGEST_UNPACKED) {
                throw Fault.of(
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                        "The body is over the limit of 64 MB when it is unpacked; send fewer"
                                + " batches at a time.");
            }
            return read;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void close() throws IOException {
        room.giveBack(taken);
        taken = 0;
        super.close();
    }

    private static Fault broken(IOException cause) {
        return Fault.badRequest(
                "body",
                "The body is no whole gzip stream ("
                        + cause.getMessage()
                        + "); send it complete, or without Content-Encoding.");
    }
}
