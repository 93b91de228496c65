package org.pingrecorder.recorder.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of one row in a listing by client, ip and time.
 *
 * @param atMicros microseconds since the Unix epoch
 * @param ordinal tells apart an ip's rows with one time: how many of them come before it
 */
record Position(String client, long ipId, long atMicros, long ordinal) {

    private static final Pattern TEXT =
            Pattern.compile("([A-Za-z0-9._-]{1,64}) ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})");

    /** The position as the opaque cursor that callers see. */
    String cursor() {
        String text = client + " " + ipId + " " + atMicros + " " + ordinal;
        return CursorText.of(text);
    }

    /**
     * The position behind a cursor.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    static Position ofCursor(String cursor) {
        Matcher parts = TEXT.matcher(CursorText.text(cursor));
        if (!parts.matches()) {
            throw CursorText.unknown(null);
        }
        return new Position(
                parts.group(1),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                Long.parseLong(parts.group(4)));
    }
}
