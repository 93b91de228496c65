package org.pingrecorder.recorder.pings;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.RecordedPing;

/** Leaves out what was never sent: without an outcome beside it, it would pass for lost. */
final class SentPings implements Rows<RecordedPing> {

    private final Rows<PingStore.StoredPing> all;

    SentPings(Rows<PingStore.StoredPing> all) {
        this.all = all;
    }

    @Override
    public @Nullable RecordedPing next() throws SQLException {
        PingStore.StoredPing row = all.next();
        while (row != null && !isSent(row.ping())) {
            row = all.next();
        }
        return row == null ? null : row.ping();
    }

    private static boolean isSent(RecordedPing ping) {
        return Outcome.ofText(ping.outcome()).orElseThrow().counts() != Outcome.Counts.NOT_SENT;
    }

    @Override
    public void close() throws SQLException {
        all.close();
    }
}
