package org.pingrecorder.recorder.metrics;

/** Metrics of others, which {@code /metrics} shows too. */
public interface MoreMetrics {

    /** Appends them as lines of Prometheus's text format; what cannot be had now is left out. */
    void write(StringBuilder text);
}
