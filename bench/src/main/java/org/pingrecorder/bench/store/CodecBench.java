package org.pingrecorder.bench.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pingrecorder.bench.Main;
import org.pingrecorder.recorder.samples.Samples;

/** Packing pings and unpacking them: time and bytes a ping, beside other encodings. */
public final class CodecBench implements Main.Bench {

    private static final int[] BLOCK_SECONDS = {10, 600, 3_600, 86_400};
    private static final int LEAST_PINGS = 10;
    private static final double SECONDS = 0.3;

    /** Several blocks in turn, so that no branch is learnt by heart. */
    private static final int BLOCKS = 16;

    @Override
    public String summary() {
        return "packing pings: ns and bytes a ping, beside other encodings";
    }

    @Override
    public void run(Path project) {
        Map<String, Packing> packings = new LinkedHashMap<>();
        packings.put("ours", Packing.OURS);
        packings.put("frame of reference, bits", new FramePacking());
        packings.put("differences, Zstandard", new ZstdPacking());
        System.out.printf(
                "%-42s %9s %-26s %10s %10s %12s%n",
                "series", "pings", "packing", "pack, ns", "unpack, ns", "bytes a ping");
        packings.values().forEach(CodecBench::warmUp);
        for (PingSeries series : PingSeries.values()) {
            for (int seconds : BLOCK_SECONDS) {
                int pings = (int) (seconds * 1_000_000L / series.intervalMicros);
                if (pings >= LEAST_PINGS) {
                    packings.forEach((name, packing) -> print(series, pings, name, packing));
                }
            }
        }
    }

    private static void warmUp(Packing packing) {
        for (PingSeries series : PingSeries.values()) {
            measure(blocks(series, 10), b -> packing.pack(b).length);
            measure(packed(blocks(series, 600), packing), b -> packing.unpack(b).size());
        }
    }

    private static Samples[] blocks(PingSeries series, int pings) {
        Samples[] blocks = new Samples[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] = series.samples(pings, i);
        }
        return blocks;
    }

    private static byte[][] packed(Samples[] blocks, Packing packing) {
        byte[][] packed = new byte[blocks.length][];
        for (int i = 0; i < blocks.length; i++) {
            packed[i] = packing.pack(blocks[i]);
        }
        return packed;
    }

    private static void print(PingSeries series, int pings, String name, Packing packing) {
        Samples[] blocks = blocks(series, pings);
        byte[][] packed = packed(blocks, packing);
        long bytes = 0;
        for (int i = 0; i < blocks.length; i++) {
            requireSame(blocks[i], packing.unpack(packed[i]));
            bytes += packed[i].length;
        }
        System.out.printf(
                "%-42s %,9d %-26s %10.1f %10.1f %12.2f%n",
                series.text,
                pings,
                name,
                measure(blocks, b -> packing.pack(b).length) / pings,
                measure(packed, b -> packing.unpack(b).size()) / pings,
                (double) bytes / pings / BLOCKS);
    }

    private interface Step<T> {
        /** Something of the result, so that nothing can be left out. */
        int of(T block);
    }

    /** Nanoseconds a block. */
    private static <T> double measure(T[] blocks, Step<T> step) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long count = 0;
            long results = 0;
            long start = System.nanoTime();
            long end = start + (long) (SECONDS / 3 * 1e9);
            long now;
            do {
                for (T block : blocks) {
                    results += step.of(block);
                }
                count += blocks.length;
                now = System.nanoTime();
            } while (now < end);
            if (results == 0) {
                throw new IllegalStateException("nothing was done");
            }
            best = Math.min(best, (double) (now - start) / count);
        }
        return best;
    }

    private static void requireSame(Samples expected, Samples actual) {
        boolean same = expected.size() == actual.size();
        for (int i = 0; same && i < expected.size(); i++) {
            same =
                    expected.atMicros(i) == actual.atMicros(i)
                            && expected.intervalMicros(i) == actual.intervalMicros(i)
                            && expected.outcome(i) == actual.outcome(i)
                            && expected.latencyMicros(i) == actual.latencyMicros(i);
        }
        if (!same) {
            throw new IllegalStateException("unpacked is not what was packed");
        }
    }
}
