package org.pingrecorder.recorder.history;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.samples.Hours;

/**
 * The spans that a window is divided into, one after the other. The first and the last are only
 * what the window has of them.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Buckets(long[] edges) {

    /** Those of a step; there are more than {@code most} where they would be more. */
    public static Buckets of(Window window, Step step, ZoneId zone, int most) {
        long start = Hours.microsFrom(window.start());
        long end = Hours.microsFrom(window.end());
        long[] edges = new long[16];
        int count = 0;
        edges[count++] = start;
        ZonedDateTime edge = step.next(step.floor(Hours.instant(start), zone));
        while (Hours.micros(edge.toInstant()) < end && count <= most) {
            if (count + 1 >= edges.length) {
                edges = Arrays.copyOf(edges, edges.length * 2);
            }
            edges[count++] = Hours.micros(edge.toInstant());
            edge = step.next(edge);
        }
        if (end > start) {
            edges[count++] = end;
        }
        return new Buckets(Arrays.copyOf(edges, count));
    }

    /**
     * Reads a time zone.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    public static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "give a time zone by its IANA name, such as Europe/Berlin", e);
        }
    }

    /** The same, but a bucket that a time is within is two. */
    Buckets dividedAt(long micros) {
        if (micros <= startMicros() || micros >= endMicros() || micros == startMicros(of(micros))) {
            return this;
        }
        long[] more = Arrays.copyOf(edges, edges.length + 1);
        more[edges.length] = micros;
        Arrays.sort(more);
        return new Buckets(more);
    }

    public int count() {
        return edges.length - 1;
    }

    /** Where the first begins. */
    public long startMicros() {
        return edges[0];
    }

    /** Where the last ends. */
    public long endMicros() {
        return edges[edges.length - 1];
    }

    public long startMicros(int bucket) {
        return edges[bucket];
    }

    long endMicros(int bucket) {
        return edges[bucket + 1];
    }

    /** The bucket of a time that is in the window. */
    public int of(long micros) {
        int found = Arrays.binarySearch(edges, micros);
        return found >= 0 ? found : -found - 2;
    }

    /** The hours that are in no bucket as a whole, by their starts. */
    SortedSet<Long> cutHours() {
        TreeSet<Long> cut = new TreeSet<>();
        for (long edge : edges) {
            long hour = Hours.floor(edge, Hours.HOUR_MICROS);
            if (hour != edge) {
                cut.add(hour);
            }
        }
        return cut;
    }

    /** How much of the window those hours are: 0 to 1. */
    double cutPart() {
        double hours = (double) (endMicros() - startMicros()) / Hours.HOUR_MICROS;
        int cut = cutHours().size();
        return hours <= cut ? 1 : cut / hours;
    }
}
