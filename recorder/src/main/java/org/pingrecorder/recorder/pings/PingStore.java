package org.pingrecorder.recorder.pings;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.RecordedPing;

/** Keeps pings. Thread-safe. */
public interface PingStore {

    /**
     * Stores all of the pings or, if it fails, none; they are durable when it returns. Their ips
     * are registered where they are not.
     *
     * @throws SQLException what the database said
     */
    void store(List<Ping> pings) throws SQLException;

    /**
     * The pings of a window, by client and ip in the order of their registration, then by time.
     *
     * @param after the last one already known
     * @param limit how many at most
     */
    Rows<StoredPing> find(Filter filter, Optional<Position> after, OptionalInt limit);

    /** The newest pings of a window, newest first. */
    List<RecordedPing> newest(Filter filter, int limit);

    /**
     * Which pings are asked for.
     *
     * @param ips canonical; all if empty
     * @param families of host names' halves; all ips if empty
     * @param clients all if empty
     */
    record Filter(Window window, List<String> ips, List<Family> families, List<String> clients) {

        public Filter {
            ips = List.copyOf(ips);
            families = List.copyOf(families);
            clients = List.copyOf(clients);
        }
    }

    /**
     * A ping, and its place in the order of {@link #find}.
     *
     * @param position after which the next one comes
     */
    record StoredPing(RecordedPing ping, Position position) {}
}
