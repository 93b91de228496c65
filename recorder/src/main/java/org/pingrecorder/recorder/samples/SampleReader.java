package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;

/**
 * The pings of some ips of one client, wherever they are: in blocks, in fresh rows, or in uploads
 * that are not packed yet. Its caller's transaction must be one snapshot (repeatable read), else a
 * ping that the packer moves meanwhile is seen twice or not at all. Not thread-safe.
 *
 * <p>Rows come by ip id, then by time, an hour at a time, so that memory stays flat for any window.
 */
public final class SampleReader implements Rows<SampleReader.IpHour> {

    private final SampleSpan span;
    private final @Nullable PackedRows blocks;
    private final @Nullable PackedRows fresh;
    private final @Nullable Uploads uploads;

    /**
     * The pings of one ip in one hour, by time; those with one time in the order in which they
     * came.
     *
     * @param hourMicros the start of the hour
     * @param isWhole false where it has more pings than the reader may take; some are not there
     *     then
     */
    public record IpHour(long ipId, long hourMicros, Samples samples, boolean isWhole) {}

    private SampleReader(
            SampleSpan span,
            @Nullable PackedRows blocks,
            @Nullable PackedRows fresh,
            @Nullable Uploads uploads) {
        this.span = span;
        this.blocks = blocks;
        this.fresh = fresh;
        this.uploads = uploads;
    }

    /** Opens all that is stored. */
    public static SampleReader of(Connection connection, SampleSpan span) throws SQLException {
        return of(connection, span, Integer.MAX_VALUE);
    }

    /**
     * Opens all that is stored.
     *
     * @param mostPings packed ones of an hour, which is in memory as a whole
     */
    public static SampleReader of(Connection connection, SampleSpan span, int mostPings)
            throws SQLException {
        return new SampleReader(
                span,
                PackedRows.blocks(connection, span, mostPings),
                PackedRows.fresh(connection, span, mostPings),
                new Uploads(connection, span));
    }

    /**
     * Opens all but what uploads hold.
     *
     * @param mostPings of an hour, which is in memory as a whole
     */
    public static SampleReader ofPacked(Connection connection, SampleSpan span, int mostPings)
            throws SQLException {
        return new SampleReader(
                span,
                PackedRows.blocks(connection, span, mostPings),
                PackedRows.fresh(connection, span, mostPings),
                null);
    }

    /** Opens what uploads hold alone. */
    public static SampleReader ofUploads(Connection connection, SampleSpan span)
            throws SQLException {
        return new SampleReader(span, null, null, new Uploads(connection, span));
    }

    /** The next hour that has pings in the window. */
    @Override
    public @Nullable IpHour next() throws SQLException {
        while (true) {
            Place place = uploads == null ? null : uploads.place();
            place = Place.first(fresh == null ? null : fresh.place(), place);
            place = Place.first(blocks == null ? null : blocks.place(), place);
            if (place == null) {
                return null;
            }
            Samples all = new Samples();
            boolean isWhole = blocks == null || blocks.take(place, all);
            if (fresh != null) {
                isWhole &= fresh.take(place, all);
            }
            if (uploads != null) {
                uploads.take(place, all);
            }
            Samples trimmed = trimmed(all.sorted());
            if (!trimmed.isEmpty() || !isWhole) {
                return new IpHour(place.ipId(), place.hourMicros(), trimmed, isWhole);
            }
        }
    }

    private Samples trimmed(Samples sorted) {
        int last = sorted.size() - 1;
        if (last < 0
                || (sorted.atMicros(0) >= span.startMicros()
                        && sorted.atMicros(last) < span.endMicros())) {
            return sorted;
        }
        Samples trimmed = new Samples();
        trimmed.addFrom(sorted, span.startMicros(), span.endMicros());
        return trimmed;
    }

    @Override
    public void close() throws SQLException {
        try {
            if (blocks != null) {
                blocks.close();
            }
        } finally {
            if (fresh != null) {
                fresh.close();
            }
        }
    }
}
