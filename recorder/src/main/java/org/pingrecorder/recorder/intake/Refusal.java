package org.pingrecorder.recorder.intake;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.StorableText;

/**
 * What of a batch was not taken as it came.
 *
 * @param kind whether it is gone for good or only put aside
 * @param series its number in the batch; null where it belongs to none
 * @param index of the ping in the series; null for all of it
 * @param reason what is wrong with it
 * @param content as it was sent, cut where it is long
 */
record Refusal(
        Kind kind,
        @Nullable Integer series,
        @Nullable Integer index,
        String reason,
        String content) {

    private static final int LONGEST_CONTENT_CHARS = 2_000;

    enum Kind {
        REFUSED("refused"),
        QUARANTINED("quarantined");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Refusal {
        reason = StorableText.of(reason);
        content = cut(content);
    }

    /** No more of it than helps. */
    private static String cut(String content) {
        String storable = StorableText.of(content);
        if (storable.length() <= LONGEST_CONTENT_CHARS) {
            return storable;
        }
        boolean splits = Character.isHighSurrogate(storable.charAt(LONGEST_CONTENT_CHARS - 1));
        return storable.substring(0, LONGEST_CONTENT_CHARS - (splits ? 1 : 0)) + "…";
    }
}
