package org.pingrecorder.agent.batch;

/**
 * An ip is pinged from a slot on, an interval apart.
 *
 * @param fromMicros the slot, in microseconds since the Unix epoch
 */
public record Running(BatchIp ip, long fromMicros) {}
