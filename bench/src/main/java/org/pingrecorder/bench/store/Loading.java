package org.pingrecorder.bench.store;

import java.io.IOException;
import java.nio.file.Path;

/** Brings all the pings of a fleet into a recorder, by the way that clients take. */
final class Loading {

    private static final int CONNECTIONS = 8;

    private Loading() {}

    /** Uploads so many batches of each client; returns how many pings they are. */
    static long upload(RecorderRun recorder, Fleet fleet, int batches) throws Exception {
        Path file = recorder.folder().path().resolve("bodies-" + fleet.spool());
        try (BodyFile bodies = BodyFile.make(file, fleet, batches)) {
            long pings =
                    new BatchLoad(
                                    recorder.address(),
                                    bodies,
                                    fleet.clients(),
                                    Math.min(CONNECTIONS, fleet.clients()))
                            .run(0, batches, Settings.NO_LIMIT, 0)
                            .pings();
            long sent = fleet.pingsInBatch() * fleet.clients() * batches;
            if (pings != sent) {
                throw new IOException(sent + " pings sent, receipts for " + pings);
            }
            return pings;
        }
    }
}
