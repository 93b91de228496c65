package org.pingrecorder.recorder.samples;

/** Text that others wrote, as the database and JSON take it. Stateless. */
public final class StorableText {

    private static final char REPLACEMENT = '\ufffd';

    private StorableText() {}

    /** The same text with U+FFFD for each control character and each lone surrogate. */
    public static String of(String given) {
        int character;
        for (int i = 0; i < given.length(); i += Character.charCount(character)) {
            character = given.codePointAt(i);
            if (!isStorable(character)) {
                return replaced(given);
            }
        }
        return given;
    }

    private static String replaced(String given) {
        StringBuilder text = new StringBuilder(given.length());
        given.codePoints().forEach(c -> text.appendCodePoint(isStorable(c) ? c : REPLACEMENT));
        return text.toString();
    }

    private static boolean isStorable(int character) {
        boolean isLoneSurrogate =
                character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return !Character.isISOControl(character) && !isLoneSurrogate;
    }
}
