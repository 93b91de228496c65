package org.pingrecorder.recorder.http;

/** Answers and connections that last for as long as their callers stay. Thread-safe. */
public interface LastingAnswers {

    /** Ends them in good order, because the recorder stops; returns at once. */
    void end();
}
