package org.pingrecorder.recorder.samples;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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

    private static final String BLOCKS_OF_HOURS =
            """
            SELECT ip_id, hour AS at, payload FROM block
            WHERE client = ? AND ip_id = ANY (?) AND hour >= ? AND hour < ? AND hour = ANY (?)
            ORDER BY ip_id, hour
            """;

    private final long startMicros;
    private final long endMicros;
    private final boolean isOfHours;
    private final @Nullable PackedRows blocks;
    private final @Nullable PackedRows fresh;
    private final @Nullable Uploads uploads;

    /** Where pings are kept. */
    private enum Store {
        BLOCK,
        FRESH,
        UPLOAD
    }

    /**
     * The pings of one ip in one hour, by time; those with one time in the order in which they
     * came.
     *
     * @param hourMicros the start of the hour
     * @param hasBlock whether pings of a block are among them
     */
    public record IpHour(long ipId, long hourMicros, Samples samples, boolean hasBlock) {}

    /** An ip's hour. */
    record Place(long ipId, long hourMicros) {

        boolean isBefore(Place other) {
            return ipId != other.ipId ? ipId < other.ipId : hourMicros < other.hourMicros;
        }
    }

    /**
     * Opens it.
     *
     * @param connection in a transaction that is one snapshot
     * @param ipIds of the client's ips
     * @param startMicros inclusive
     * @param endMicros exclusive
     */
    public SampleReader(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros)
            throws SQLException {
        this(connection, client, ipIds, startMicros, endMicros, EnumSet.allOf(Store.class), null);
    }

    /** The same without what uploads hold. */
    public static SampleReader ofPacked(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros)
            throws SQLException {
        EnumSet<Store> packed = EnumSet.of(Store.BLOCK, Store.FRESH);
        return new SampleReader(connection, client, ipIds, startMicros, endMicros, packed, null);
    }

    /** The same of what uploads hold alone. */
    public static SampleReader ofUploads(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros)
            throws SQLException {
        EnumSet<Store> uploads = EnumSet.of(Store.UPLOAD);
        return new SampleReader(connection, client, ipIds, startMicros, endMicros, uploads, null);
    }

    /**
     * What no summary holds yet; and the blocks of a few hours, which are wanted ping by ping.
     * Those come even where none of their pings is in the window.
     */
    public static SampleReader unsummarized(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long startMicros,
            long endMicros,
            SortedSet<Long> blockHours)
            throws SQLException {
        EnumSet<Store> stores =
                blockHours.isEmpty()
                        ? EnumSet.of(Store.FRESH, Store.UPLOAD)
                        : EnumSet.allOf(Store.class);
        return new SampleReader(
                connection,
                client,
                ipIds,
                startMicros,
                endMicros,
                stores,
                blockHours.stream().map(Hours::parameter).toArray());
    }

    private SampleReader(
            Connection connection,
            String client,
            Collection<Long> ipIds,
            long start,
            long end,
            Set<Store> stores,
            Object @Nullable [] hours)
            throws SQLException {
        this.startMicros = start;
        this.endMicros = end;
        this.isOfHours = hours != null;
        TreeSet<Long> sorted = new TreeSet<>(ipIds);
        Long[] ids = sorted.toArray(new Long[0]);
        this.uploads =
                stores.contains(Store.UPLOAD)
                        ? new Uploads(connection, client, sorted, start, end)
                        : null;
        this.fresh =
                stores.contains(Store.FRESH)
                        ? new PackedRows(
                                connection,
                                PackedRows.FRESH,
                                client,
                                ids,
                                start,
                                end,
                                Hours.SLICE_MICROS,
                                null)
                        : null;
        this.blocks =
                stores.contains(Store.BLOCK)
                        ? new PackedRows(
                                connection,
                                hours == null ? PackedRows.BLOCKS : BLOCKS_OF_HOURS,
                                client,
                                ids,
                                start,
                                end,
                                Hours.HOUR_MICROS,
                                hours)
                        : null;
    }

    /** The next hour that has pings in the window. */
    @Override
    public @Nullable IpHour next() throws SQLException {
        while (true) {
            Place place = first(place(blocks), first(place(fresh), place(uploads)));
            if (place == null) {
                return null;
            }
            Samples all = new Samples();
            boolean hasBlock = blocks != null && blocks.take(place, all);
            if (fresh != null) {
                fresh.take(place, all);
            }
            if (uploads != null) {
                uploads.take(place, all);
            }
            Samples trimmed = trimmed(all.sorted());
            if (!trimmed.isEmpty() || (hasBlock && isOfHours)) {
                return new IpHour(place.ipId(), place.hourMicros(), trimmed, hasBlock);
            }
        }
    }

    private Samples trimmed(Samples sorted) {
        int last = sorted.size() - 1;
        if (last < 0 || (sorted.atMicros(0) >= startMicros && sorted.atMicros(last) < endMicros)) {
            return sorted;
        }
        Samples trimmed = new Samples();
        trimmed.addFrom(sorted, startMicros, endMicros);
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

    private static @Nullable Place place(@Nullable PackedRows rows) {
        return rows == null ? null : rows.place();
    }

    private static @Nullable Place place(@Nullable Uploads rows) {
        return rows == null ? null : rows.place();
    }

    private static @Nullable Place first(@Nullable Place one, @Nullable Place other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }
}
