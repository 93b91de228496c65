package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which addresses of a host name are pinged, where its IPv4 and IPv6 are two ips. */
@Serdeable
public enum Family {
    @JsonProperty("ipv4")
    IPV4("IPv4"),
    @JsonProperty("ipv6")
    IPV6("IPv6");

    private final String text;
    private final String title;

    Family(String title) {
        this.title = title;
        this.text = name().toLowerCase(Locale.ROOT);
    }

    /** The family as it is written in JSON and settings. */
    public String text() {
        return text;
    }

    /** The family as people write it: {@code IPv4} or {@code IPv6}. */
    public String title() {
        return title;
    }

    /** The family written as {@code text}, exactly. */
    public static Optional<Family> ofText(String text) {
        return Arrays.stream(values()).filter(family -> family.text.equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
