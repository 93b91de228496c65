package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

/**
 * A field that was wrong and is left out, while what it was in is taken.
 *
 * @param problem what is wrong with it
 * @param field its name
 * @param sent its value as JSON, cut where it is long
 */
record LeftOut(String problem, String field, String sent) {

    private static final int LONGEST_CHARS = 300;

    LeftOut {
        field = cut(field);
    }

    /**
     * One whose value the parser stands on, where it stays. What an object or an array holds is not
     * told.
     */
    static LeftOut of(String problem, String field, JsonParser json) throws IOException {
        return new LeftOut(problem, field, sent(json));
    }

    private static String sent(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> "{…}";
            case START_ARRAY, END_ARRAY -> "[…]";
            case VALUE_STRING ->
                    '"'
                            + String.valueOf(
                                    JsonStringEncoder.getInstance()
                                            .quoteAsString(cut(json.getText())))
                            + '"';
            default -> cut(json.getText());
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_CHARS ? text : text.substring(0, LONGEST_CHARS) + "…";
    }
}
