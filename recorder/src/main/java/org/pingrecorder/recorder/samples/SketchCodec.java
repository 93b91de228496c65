package org.pingrecorder.recorder.samples;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.Store;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.util.Iterator;

/**
 * Sketches of latencies as bytes: zeros, the first bin's index, then a count for each bin up to the
 * last; in place of empty ones a 0 and how many there are; a 0 and a 0 at the end. The library's
 * own form would have us make room for whatever bins damaged bytes name. Stateless.
 */
final class SketchCodec {

    /** Of the largest latency. */
    private static final int LAST_BIN = Summary.MAPPING.index(Integer.MAX_VALUE);

    private SketchCodec() {}

    static void put(BitWriter out, DDSketch sketch) {
        Store store = sketch.getPositiveValueStore();
        out.putVar(Math.round(sketch.getCount() - store.getTotalCount()));
        int next = 0;
        for (Iterator<Bin> bins = store.getAscendingIterator(); bins.hasNext(); next++) {
            Bin bin = bins.next();
            if (bin.getIndex() > next) {
                out.putVar(0);
                out.putVar(bin.getIndex() - next);
                next = bin.getIndex();
            }
            out.putVar(Math.round(bin.getCount()));
        }
        out.putVar(0);
        out.putVar(0);
    }

    /** Throws {@link IndexOutOfBoundsException} for what {@link #put} did not write. */
    static DDSketch read(BitReader in) {
        long zeros = in.readVar();
        Store store = new UnboundedSizeDenseStore();
        for (int next = 0; ; ) {
            long count = in.readVar();
            if (count == 0) {
                int empty = in.readVar(LAST_BIN);
                if (empty == 0) {
                    break;
                }
                next += empty;
            } else if (next > LAST_BIN || count < 0) {
                throw new IndexOutOfBoundsException(count + " in bin " + next);
            } else {
                store.add(next++, count);
            }
        }
        return DDSketch.of(Summary.MAPPING, new UnboundedSizeDenseStore(), store, (double) zeros);
    }

    /** Leaves one out. */
    static void skip(BitReader in) {
        in.readVar();
        for (boolean isEnd = false; !isEnd; ) {
            boolean isBin = in.readVar() != 0;
            isEnd = !isBin && in.readVar() == 0;
        }
    }
}
