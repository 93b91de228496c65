package org.pingrecorder.recorder.history;

/**
 * A span without pings, by its client's own word.
 *
 * @param toMicros the end of time where it lasts
 * @param reason as the client gave it
 */
record Gap(long fromMicros, long toMicros, String reason) {

    boolean contains(long micros) {
        return micros >= fromMicros && micros < toMicros;
    }
}
