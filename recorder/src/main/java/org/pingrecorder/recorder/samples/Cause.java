package org.pingrecorder.recorder.samples;

import org.jspecify.annotations.Nullable;

/**
 * Why a ping has no reply, where it is known.
 *
 * @param type ICMP type of the error that came back, 0 to 255; -1 where unknown
 * @param code its ICMP code, 0 to 255; -1 where unknown
 * @param from the router that sent it, or null
 * @param text in words of the client's, such as {@code receive_overflow}, or null
 */
public record Cause(int type, int code, @Nullable String from, @Nullable String text) {

    /**
     * Cleans the texts: a database that refuses a control character would refuse all that is stored
     * together with it.
     *
     * @throws IllegalArgumentException if type or code is out of range
     */
    public Cause {
        if (type < -1 || type > 255 || code < -1 || code > 255) {
            throw new IllegalArgumentException("ICMP type " + type + ", code " + code);
        }
        from = from == null ? null : StorableText.of(from);
        text = text == null ? null : StorableText.of(text);
    }

    /** A cause in words alone. */
    public static Cause of(String text) {
        return new Cause(-1, -1, null, text);
    }
}
