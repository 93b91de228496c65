package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an ip is pinged. */
@Serdeable
public enum Source {
    /** By its client's own file or arguments. */
    @JsonProperty("client")
    CLIENT,
    /** By a plan set at the recorder. */
    @JsonProperty("plan")
    PLAN,
    /** Seen only through posts; nobody of ours pings it. */
    @JsonProperty("post")
    POST;

    /** The source as it is written in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source written as {@code text}, exactly. */
    public static Optional<Source> ofText(String text) {
        return Arrays.stream(values()).filter(s -> s.text().equals(text)).findFirst();
    }
}
