package org.pingrecorder.recorder.samples;

import java.util.function.LongPredicate;

/** The pings of an upload as bytes: for each ip its id, and its samples encoded. */
public final class UploadPayload {

    private final BitWriter out = new BitWriter(1_024);

    /** Adds the samples of one ip, which may come several times. */
    public void add(long ipId, byte[] encodedSamples) {
        out.putVar(ipId);
        out.putVar(encodedSamples.length);
        out.putBytes(encodedSamples);
    }

    public byte[] toBytes() {
        return out.toBytes();
    }

    /** Takes what {@link #read} finds; {@link SampleCodec#decode} reads it. */
    @FunctionalInterface
    public interface Visitor {
        void samples(long ipId, byte[] payload, int start, int length);
    }

    /**
     * Goes through an upload.
     *
     * @param wanted whether an ip's samples are
     * @throws IllegalArgumentException if these bytes are none
     */
    public static void read(byte[] payload, LongPredicate wanted, Visitor visitor) {
        BitReader in = new BitReader(payload, 0, payload.length);
        try {
            while (!in.isAtEnd()) {
                long ipId = in.readVar();
                int length = in.readVar(Integer.MAX_VALUE);
                int start = in.skip(length);
                if (wanted.test(ipId)) {
                    visitor.samples(ipId, payload, start, length);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("This is no upload: " + e.getMessage(), e);
        }
    }
}
