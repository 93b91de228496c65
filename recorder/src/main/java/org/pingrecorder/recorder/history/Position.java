package org.pingrecorder.recorder.history;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The position behind a cursor.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    static Position ofCursor(String cursor) {
        Matcher parts = TEXT.matcher(decoded(cursor));
        if (!parts.matches()) {
            throw unknown(null);
        }
        return new Position(
                parts.group(1),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                Long.parseLong(parts.group(4)));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw unknown(e);
        }
    }

    private static IllegalArgumentException unknown(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "is not a cursor of this listing; take it from a Link header", cause);
    }
}
