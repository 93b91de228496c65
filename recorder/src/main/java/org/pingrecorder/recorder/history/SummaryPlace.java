package org.pingrecorder.recorder.history;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;

/** The place of an ip in a listing by client and ip, whatever else is in that listing. */
record SummaryPlace(String client, String ip, @Nullable Family family)
        implements Comparable<SummaryPlace> {

    private static final Pattern TEXT =
            Pattern.compile("([A-Za-z0-9._-]{1,64}) (\\S{1,300}) (|ipv4|ipv6)");

    private static final Comparator<SummaryPlace> ORDER =
            Comparator.comparing(SummaryPlace::client)
                    .thenComparing(SummaryPlace::ip)
                    .thenComparing(
                            SummaryPlace::family, Comparator.nullsFirst(Comparator.naturalOrder()));

    static SummaryPlace of(SummaryRow row) {
        return new SummaryPlace(row.client(), row.ip(), row.family());
    }

    @Override
    public int compareTo(SummaryPlace other) {
        return ORDER.compare(this, other);
    }

    /** The place as the opaque cursor that callers see. */
    String cursor() {
        return CursorText.of(client + " " + ip + " " + (family == null ? "" : family.text()));
    }

    /**
     * The place behind a cursor.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    static SummaryPlace ofCursor(String cursor) {
        Matcher parts = TEXT.matcher(CursorText.text(cursor));
        if (!parts.matches()) {
            throw CursorText.unknown(null);
        }
        String family = parts.group(3);
        return new SummaryPlace(
                parts.group(1), parts.group(2), family.isEmpty() ? null : Family.parse(family));
    }
}
