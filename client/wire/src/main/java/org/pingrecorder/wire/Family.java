package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.Optional;

/** Which addresses of a host name are pinged, where its IPv4 and IPv6 are two ips. */
@Serdeable
public enum Family {
    @JsonProperty("ipv4")
    IPV4(4),
    @JsonProperty("ipv6")
    IPV6(6);

    private final int version;
    private final String text;
    private final String title;

    Family(int version) {
        this.version = version;
        this.text = "ipv" + version;
        this.title = "IPv" + version;
    }

    /** The version of the Internet Protocol: 4 or 6. */
    public int version() {
        return version;
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

    /**
     * Reads a family.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    public static Family parse(String text) {
        return ofText(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is not ipv4 or ipv6"));
    }

    /** The family of a {@link #version}. */
    public static Optional<Family> ofVersion(int version) {
        return Arrays.stream(values()).filter(family -> family.version == version).findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
