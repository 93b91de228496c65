package org.pingrecorder.agent.spool;

import java.io.IOException;

/** Where the bytes of one segment are. One thread appends, another may read what was appended. */
interface SegmentBytes extends AutoCloseable {

    /**
     * Adds to the end; durable, as far as the place is, when this returns. After a failure nothing
     * more is appended.
     */
    void append(byte[] bytes, int length) throws IOException;

    /**
     * Reads into {@code into} from index 0 on.
     *
     * @throws IOException if there are fewer bytes
     */
    void read(long at, byte[] into, int length) throws IOException;

    /** How many bytes there are, readable or not. */
    long size() throws IOException;

    /** Gives back what is open; reading opens it again. */
    @Override
    void close() throws IOException;
}
