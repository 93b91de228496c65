package org.pingrecorder.recorder.history;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Places in listings as the opaque cursors that callers see. */
final class CursorText {

    private CursorText() {}

    /** A text as a cursor. */
    static String of(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The text behind a cursor.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    static String text(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unknown(e);
        }
    }

    /** With a message for the caller. */
    static IllegalArgumentException unknown(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "is not a cursor of this listing; take it from a Link header", cause);
    }
}
