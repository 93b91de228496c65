package org.pingrecorder.recorder.history;

import org.pingrecorder.recorder.samples.Summary;

/** What one ip's pings in one bucket come to. */
record Bucket(Target target, long startMicros, long endMicros, Summary summary) {}
