/**
 * What clients measure of their hosts: stored in the transaction of their batches, packed by the
 * hour, read in buckets, and the newest of it shown to Prometheus.
 */
@NullMarked
package org.pingrecorder.recorder.hostmetrics;

import org.jspecify.annotations.NullMarked;
