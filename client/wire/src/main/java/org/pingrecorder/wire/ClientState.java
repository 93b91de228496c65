package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;

/** How a client stands with the recorder. */
@Serdeable
public enum ClientState {
    /** It has a control channel open. */
    @JsonProperty("connected")
    CONNECTED,
    /** It has no control channel, but delivers. */
    @JsonProperty("delivering")
    DELIVERING,
    /** It said that it stops. */
    @JsonProperty("stopped")
    STOPPED,
    /** Its control channel ended without a word, and it delivers nothing. */
    @JsonProperty("lost")
    LOST,
    /** It never had a control channel, and delivers nothing just now. */
    @JsonProperty("silent")
    SILENT,
    /** Somebody named it; it was never heard of. */
    @JsonProperty("never_seen")
    NEVER_SEEN;

    /** As JSON and the database have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a state.
     *
     * @throws IllegalArgumentException with a message that names all
     */
    public static ClientState parse(String text) {
        for (ClientState state : values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException(
                "give connected, delivering, stopped, lost, silent or never_seen");
    }
}
