package org.pingrecorder.bench.store;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import org.pingrecorder.recorder.samples.Samples;

/** Latencies as differences in LEB128, then everything through Zstandard. */
final class ZstdPacking implements Packing {

    private static final int LEVEL = 3;

    @Override
    public byte[] pack(Samples samples) {
        ByteBuffer out = Columns.room(samples);
        Columns.putVar(out, samples.size());
        int last = 0;
        for (int latency : Columns.latencies(samples)) {
            Columns.putVar(out, Columns.fold(latency - last));
            last = latency;
        }
        Columns.putRuns(out, samples);
        return Zstd.compress(Columns.written(out), LEVEL);
    }

    @Override
    public Samples unpack(byte[] bytes) {
        int size = (int) Zstd.getFrameContentSize(bytes);
        ByteBuffer in = ByteBuffer.wrap(Zstd.decompress(bytes, size));
        int[] latencies = new int[(int) Columns.readVar(in)];
        int last = 0;
        for (int i = 0; i < latencies.length; i++) {
            last += (int) Columns.unfold(Columns.readVar(in));
            latencies[i] = last;
        }
        return Columns.readRuns(in, latencies);
    }
}
