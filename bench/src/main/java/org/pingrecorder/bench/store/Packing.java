package org.pingrecorder.bench.store;

import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;

/** A way to pack pings into bytes and back. */
interface Packing {

    /** Ours, which also keeps whatever else there is to a ping. */
    Packing OURS =
            new Packing() {
                @Override
                public byte[] pack(Samples samples) {
                    return SampleCodec.encode(samples);
                }

                @Override
                public Samples unpack(byte[] bytes) {
                    return SampleCodec.decode(bytes);
                }
            };

    byte[] pack(Samples samples);

    /** Times, intervals, outcomes and latencies at least. */
    Samples unpack(byte[] bytes);
}
