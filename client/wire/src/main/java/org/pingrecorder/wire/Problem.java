package org.pingrecorder.wire;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it, media type {@value #MEDIA_TYPE}.
 *
 * @param title the HTTP status in words
 * @param status the HTTP status
 * @param detail what is wrong and what to change
 * @param field the part of the request that is wrong, such as {@code latency_ms} or {@code [3].ip};
 *     absent when it is none in particular
 */
@Serdeable
public record Problem(String title, int status, String detail, @Nullable String field) {

    public static final String MEDIA_TYPE = "application/problem+json";
}
