package org.pingrecorder.recorder.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** {@code /metrics}, where Prometheus looks by default. */
@Tag(name = "operation", description = "The recorder itself.")
@Controller("/metrics")
final class MetricsController {

    private final PrometheusMeterRegistry registry;
    private final List<MoreMetrics> more;

    MetricsController(PrometheusMeterRegistry registry, List<MoreMetrics> more) {
        this.registry = registry;
        this.more = more;
    }

    @Operation(
            summary =
                    "The recorder's own metrics and the newest of its clients' hosts, as Prometheus"
                            + " reads them")
    @Get(produces = "text/plain; version=0.0.4; charset=utf-8")
    @ExecuteOn(TaskExecutors.BLOCKING)
    String metrics() {
        StringBuilder text = new StringBuilder(registry.scrape());
        more.forEach(each -> each.write(text));
        return text.toString();
    }
}
