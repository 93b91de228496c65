package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;

/**
 * All packed pings of one ip: those of slices that are in memory anyway, all others from the
 * database.
 */
final class PackedPings {

    /** An hour of more would take too much memory: about 60 bytes a ping. */
    static final int MOST_PINGS_OF_AN_HOUR = 500_000;

    private final Connection connection;
    private final String client;
    private final long ipId;
    private final NavigableMap<Long, Samples> slices;

    /**
     * Makes it.
     *
     * @param slices in memory, by their start; each has all pings of its ten minutes, in order
     */
    PackedPings(
            Connection connection, String client, long ipId, NavigableMap<Long, Samples> slices) {
        this.connection = connection;
        this.client = client;
        this.ipId = ipId;
        this.slices = slices;
    }

    /** Takes one ping after the other. */
    @FunctionalInterface
    interface Visitor {

        /** Returns whether it wants the next one too. */
        boolean visit(Samples samples, int index);
    }

    /** An hour that is to be read has more pings than are read at once. */
    @SuppressWarnings("serial") // is caught at once
    static final class TooManyException extends Exception {

        TooManyException(long ipId, long hourMicros) {
            super("ip " + ipId + " has too many pings in the hour of " + Hours.instant(hourMicros));
        }
    }

    /** Goes through the pings of a span in their order; the end is exclusive. */
    void forEach(long fromMicros, long endMicros, Visitor visitor)
            throws SQLException, TooManyException {
        for (long at = fromMicros; at < endMicros; ) {
            long slice = Hours.floor(at, Hours.SLICE_MICROS);
            Samples known = slices.get(slice);
            long end;
            boolean wanted;
            if (known == null) {
                Long next = slices.higherKey(slice);
                end = next == null ? endMicros : Math.min(next, endMicros);
                wanted = readStored(at, end, visitor);
            } else {
                end = Math.min(slice + Hours.SLICE_MICROS, endMicros);
                wanted = pass(known, at, end, visitor);
            }
            if (!wanted) {
                return;
            }
            at = end;
        }
    }

    private boolean readStored(long fromMicros, long endMicros, Visitor visitor)
            throws SQLException, TooManyException {
        try (SampleReader reader =
                SampleReader.ofPacked(
                        connection,
                        SampleSpan.of(client, List.of(ipId), fromMicros, endMicros),
                        MOST_PINGS_OF_AN_HOUR)) {
            for (SampleReader.IpHour hour = reader.next(); hour != null; hour = reader.next()) {
                if (!hour.isWhole()) {
                    throw new TooManyException(ipId, hour.hourMicros());
                }
                if (!pass(hour.samples(), fromMicros, endMicros, visitor)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean pass(Samples samples, long fromMicros, long endMicros, Visitor visitor) {
        for (int i = 0; i < samples.size(); i++) {
            long at = samples.atMicros(i);
            if (at >= fromMicros && at < endMicros && !visitor.visit(samples, i)) {
                return false;
            }
        }
        return true;
    }
}
