package org.pingrecorder.recorder.samples;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** The spans of time that pings are stored by, in UTC, as microseconds since the Unix epoch. */
public final class Hours {

    /** What a block holds. */
    public static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);

    /** What a row of {@code fresh} holds. */
    public static final long SLICE_MICROS = TimeUnit.MINUTES.toMicros(10);

    /** What a row of {@code rollup} holds. */
    public static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

    private Hours() {}

    /** The start of the span of such a length that a time is in. */
    public static long floor(long atMicros, long spanMicros) {
        return Math.floorDiv(atMicros, spanMicros) * spanMicros;
    }

    /** A time as microseconds; what is finer is cut off. */
    public static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }

    /** The first whole microsecond that is not before a time. */
    public static long microsFrom(Instant instant) {
        long micros = micros(instant);
        return instant(micros).isBefore(instant) ? micros + 1 : micros;
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** A time as the driver takes it for {@code timestamptz}. */
    public static OffsetDateTime parameter(long micros) {
        return instant(micros).atOffset(ZoneOffset.UTC);
    }

    /** A column of {@code timestamptz} that is not null. */
    public static long column(ResultSet row, String name) throws SQLException {
        return micros(row.getObject(name, OffsetDateTime.class).toInstant());
    }
}
