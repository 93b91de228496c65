package org.pingrecorder.bench.store;

import java.nio.ByteBuffer;
import org.pingrecorder.recorder.samples.Samples;

/**
 * Frame of reference: of 128 latencies the smallest, then each above it in as many bits as needed.
 */
final class FramePacking implements Packing {

    private static final int FRAME = 128;

    @Override
    public byte[] pack(Samples samples) {
        ByteBuffer out = Columns.room(samples);
        Columns.putVar(out, samples.size());
        int[] latencies = Columns.latencies(samples);
        for (int start = 0; start < latencies.length; start += FRAME) {
            putFrame(out, latencies, start, Math.min(start + FRAME, latencies.length));
        }
        Columns.putRuns(out, samples);
        return Columns.written(out);
    }

    private static void putFrame(ByteBuffer out, int[] latencies, int start, int end) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = start; i < end; i++) {
            least = Math.min(least, latencies[i]);
            most = Math.max(most, latencies[i]);
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(most - least);
        Columns.putVar(out, least);
        out.put((byte) width);
        long bits = 0;
        int count = 0;
        for (int i = start; i < end; i++) {
            bits = (bits << width) | (latencies[i] - least);
            for (count += width; count >= 8; count -= 8) {
                out.put((byte) (bits >>> (count - 8)));
            }
        }
        if (count > 0) {
            out.put((byte) (bits << (8 - count)));
        }
    }

    @Override
    public Samples unpack(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int[] latencies = new int[(int) Columns.readVar(in)];
        for (int start = 0; start < latencies.length; start += FRAME) {
            readFrame(in, latencies, start, Math.min(start + FRAME, latencies.length));
        }
        return Columns.readRuns(in, latencies);
    }

    private static void readFrame(ByteBuffer in, int[] latencies, int start, int end) {
        int least = (int) Columns.readVar(in);
        int width = in.get();
        long bits = 0;
        int count = 0;
        for (int i = start; i < end; i++) {
            for (; count < width; count += 8) {
                bits = (bits << 8) | (in.get() & 0xff);
            }
            count -= width;
            latencies[i] = least + (int) ((bits >>> count) & ((1L << width) - 1));
        }
    }
}
