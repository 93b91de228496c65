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
import org.pingrecorder.wire.TagName;

/**
 * Which pings are asked for.
 *
 * @param ips canonical; all if empty
 * @param families of host names' halves; all ips if empty
 * @param clients all if empty
 * @param tags of which an ip or its client has one; all ips if empty
 */
record Filter(
        Window window,
        List<String> ips,
        List<Family> families,
        List<String> clients,
        List<String> tags) {

    /** The parameters it is read from. */
    static final Set<String> PARAMETERS = Set.of("ip", "family", "client", "start", "end");

    Filter {
        ips = List.copyOf(ips);
        families = List.copyOf(families);
        clients = List.copyOf(clients);
        tags = List.copyOf(tags);
    }

    /** The window, ips, families, clients and, where it takes them, tags that a call names. */
    static Filter of(Query query, Instant now) {
        return new Filter(
                Window.of(query, now),
                query.texts("ip", text -> Address.parse(text).text()),
                query.texts("family", Family::parse),
                query.texts("client", ClientName::check),
                query.texts("tag", TagName::check));
    }

    /** The same ips in another window. */
    Filter within(Window other) {
        return new Filter(other, ips, families, clients, tags);
    }

    /** Whether it may leave out some of a client's ips. */
    boolean choosesIps() {
        return !ips.isEmpty() || !families.isEmpty() || !tags.isEmpty();
    }

    long startMicros() {
        return Hours.microsFrom(window.start());
    }

    long endMicros() {
        return Hours.microsFrom(window.end());
    }
}
