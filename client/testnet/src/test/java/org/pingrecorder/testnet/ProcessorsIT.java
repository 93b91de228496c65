package org.pingrecorder.testnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ProcessorsIT {

    /** On a thread of its own: what is bound stays bound. */
    private static BitSet after(Callable<?> change) throws Exception {
        FutureTask<BitSet> task =
                new FutureTask<>(
                        () -> {
                            change.call();
                            return Kernel.processors();
                        });
        Thread.ofPlatform().start(task);
        return task.get();
    }

    @Test
    void leaveLast_andTakeLast_shareTheProcessors() throws Exception {
        BitSet all = Kernel.processors();
        BitSet others =
                after(
                        () -> {
                            Processors.leaveLast();
                            return true;
                        });
        BitSet last =
                after(
                        () -> {
                            Processors.takeLast();
                            return true;
                        });

        assertEquals(all, Kernel.processors());
        assertFalse(others.isEmpty());
        assertTrue(last.get(all.length() - 1));
        if (all.cardinality() > 1) {
            assertEquals(1, last.cardinality());
            assertFalse(others.intersects(last));
            others.or(last);
        }
        assertEquals(all, others);
    }
}
