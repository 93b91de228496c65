package org.pingrecorder.testnet;

import java.io.IOException;
import java.util.BitSet;

/**
 * Shares the machine's processors between a far end, which has the last one, and who pings it, who
 * has the others. The far end has to be punctual whatever else runs, and so goes before everything
 * on its processor; it must not do so amidst the sends of the program that is measured. Where there
 * is one processor only, nothing is done.
 */
final class Processors {

    private Processors() {}

    /** For the far end's thread. */
    static void takeLast() throws IOException {
        Kernel.sleepExactly();
        BitSet all = Kernel.processors();
        if (all.cardinality() > 1) {
            BitSet last = new BitSet();
            last.set(all.length() - 1);
            Kernel.bindTo(last);
            Kernel.runFirst();
        }
    }

    /** For the thread that starts whoever pings; what it has started before is not changed. */
    static void leaveLast() throws IOException {
        BitSet others = Kernel.processors();
        others.clear(others.length() - 1);
        if (!others.isEmpty()) {
            Kernel.bindTo(others);
        }
    }
}
