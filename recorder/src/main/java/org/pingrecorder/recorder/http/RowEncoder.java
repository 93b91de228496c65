package org.pingrecorder.recorder.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes rows in one format; each call leaves what it wrote in the stream given at the start. */
public interface RowEncoder<T> {

    void start(OutputStream out) throws IOException;

    void row(T row) throws IOException;

    void end() throws IOException;
}
