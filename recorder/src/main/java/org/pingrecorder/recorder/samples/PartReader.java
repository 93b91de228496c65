package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;

/**
 * For sums and searches: the pings that no summary holds yet, and the blocks that are wanted ping
 * by ping. They come as they are stored, part by part, because their order means nothing there, and
 * so that an hour of millions of pings need not be in memory as a whole: by ip id and hour, with
 * those outside of the span, and those of one hour in several parts. Not thread-safe; like {@link
 * SampleReader} it must read one snapshot.
 */
public final class PartReader implements Rows<PartReader.Part> {

    private final @Nullable PackedRows blocks;
    private final PackedRows fresh;
    private final @Nullable Uploads uploads;
    private final Samples samples = new Samples();

    /**
     * Some pings of one ip in one hour.
     *
     * @param hourMicros the start of the hour
     * @param samples in any order; they are overwritten by the next part
     * @param isBlock whether they are of a block, and so in the hour's summary too
     */
    public record Part(long ipId, long hourMicros, Samples samples, boolean isBlock) {}

    private PartReader(@Nullable PackedRows blocks, PackedRows fresh, @Nullable Uploads uploads) {
        this.blocks = blocks;
        this.fresh = fresh;
        this.uploads = uploads;
    }

    /**
     * Opens all but most blocks.
     *
     * @param blockHours the starts of the hours whose blocks are wanted
     */
    public static PartReader of(Connection connection, SampleSpan span, SortedSet<Long> blockHours)
            throws SQLException {
        Uploads uploads = new Uploads(connection, span);
        PackedRows fresh = PackedRows.fresh(connection, span, Integer.MAX_VALUE);
        return new PartReader(
                blockHours.isEmpty() ? null : PackedRows.blocks(connection, span, blockHours),
                fresh,
                uploads);
    }

    /** Opens all blocks and fresh rows, and no uploads. */
    public static PartReader ofPacked(Connection connection, SampleSpan span) throws SQLException {
        return new PartReader(
                PackedRows.blocks(connection, span, Integer.MAX_VALUE),
                PackedRows.fresh(connection, span, Integer.MAX_VALUE),
                null);
    }

    @Override
    public @Nullable Part next() throws SQLException {
        Place place = Place.first(fresh.place(), uploads == null ? null : uploads.place());
        place = Place.first(blocks == null ? null : blocks.place(), place);
        if (place == null) {
            return null;
        }
        samples.clear();
        boolean isBlock = blocks != null && blocks.takePart(place, samples);
        if (!isBlock && !fresh.takePart(place, samples) && uploads != null) {
            uploads.take(place, samples);
        }
        return new Part(place.ipId(), place.hourMicros(), samples, isBlock);
    }

    @Override
    public void close() throws SQLException {
        try {
            fresh.close();
        } finally {
            if (blocks != null) {
                blocks.close();
            }
        }
    }
}
