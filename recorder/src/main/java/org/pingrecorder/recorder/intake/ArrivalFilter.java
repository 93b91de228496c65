package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Notes when a delivery begins to arrive: its client read its own clock just before, and the time
 * that a long body takes is no difference between two clocks.
 */
@ServerFilter(RecordPingsController.PATH + "/**")
final class ArrivalFilter {

    private static final String ATTRIBUTE = "arrival";

    private final InstantSource clock;

    ArrivalFilter(InstantSource clock) {
        this.clock = clock;
    }

    @RequestFilter
    void note(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, clock.instant());
    }

    static Instant of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Instant.class).orElseThrow();
    }
}
