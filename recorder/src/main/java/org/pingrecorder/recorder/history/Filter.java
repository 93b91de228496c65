package org.pingrecorder.recorder.history;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.Family;

/**
 * Which pings are asked for.
 *
 * @param ips canonical; all if empty
 * @param families of host names' halves; all ips if empty
 * @param clients all if empty
 */
record Filter(Window window, List<String> ips, List<Family> families, List<String> clients) {

    /** The parameters it is read from. */
    static final Set<String> PARAMETERS = Set.of("ip", "family", "client", "start", "end");

    Filter {
        ips = List.copyOf(ips);
        families = List.copyOf(families);
        clients = List.copyOf(clients);
    }

    /** The window, ips, families and clients that a call names. */
    static Filter of(Query query, Instant now) {
        return new Filter(
                Window.of(query, now),
                query.texts("ip", text -> Address.parse(text).text()),
                query.texts("family", Family::parse),
                query.texts("client", ClientName::check));
    }

    /** Whether it may leave out some of a client's ips. */
    boolean choosesIps() {
        return !ips.isEmpty() || !families.isEmpty();
    }

    long startMicros() {
        return Hours.microsFrom(window.start());
    }

    long endMicros() {
        return Hours.microsFrom(window.end());
    }
}
