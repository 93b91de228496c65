package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;

/**
 * For sums: the pings that no summary holds yet, and the blocks of a few hours that are wanted ping
 * by ping. They come as they are stored, part by part, because the order of pings means nothing to
 * a sum: by ip id and hour, with those outside of the span, and those of one hour in several parts.
 * Not thread-safe; like {@link SampleReader} it must read one snapshot.
 */
public final class PartReader implements Rows<PartReader.Part> {

    private final @Nullable PackedRows blocks;
    private final PackedRows fresh;
    private final Uploads uploads;
    private final Samples samples = new Samples();

    /**
     * Some pings of one ip in one hour.
     *
     * @param hourMicros the start of the hour
     * @param samples in any order; they are overwritten by the next part
     * @param isBlock whether they are of a block, and so in the hour's summary too
     */
    public record Part(long ipId, long hourMicros, Samples samples, boolean isBlock) {}

    /**
     * Opens it.
     *
     * @param blockHours the starts of the hours whose blocks are wanted
     */
    public PartReader(Connection connection, SampleSpan span, SortedSet<Long> blockHours)
            throws SQLException {
        uploads = new Uploads(connection, span);
        fresh = PackedRows.fresh(connection, span);
        blocks = blockHours.isEmpty() ? null : PackedRows.blocks(connection, span, blockHours);
    }

    @Override
    public @Nullable Part next() throws SQLException {
        Place place = Place.first(fresh.place(), uploads.place());
        place = Place.first(blocks == null ? null : blocks.place(), place);
        if (place == null) {
            return null;
        }
        samples.clear();
        boolean isBlock = blocks != null && blocks.takeRow(place, samples);
        if (!isBlock && !fresh.takeRow(place, samples)) {
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
