/** What the recorder says of itself, for Prometheus: {@code /metrics}. */
@NullMarked
package org.pingrecorder.recorder.metrics;

import org.jspecify.annotations.NullMarked;
