package org.pingrecorder.recorder.live;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.ClientName;

/**
 * What a listener wants to hear of.
 *
 * @param clients all if empty
 * @param ips canonical; all if empty
 * @param tags of which the ip or its client has one; with and without tags if empty
 */
record LiveFilter(Set<String> clients, Set<String> ips, Set<String> tags) {

    /** The parameters it is read from. */
    static final Set<String> PARAMETERS = Set.of("client", "ip", "tag");

    static LiveFilter of(Query query) {
        return new LiveFilter(
                Set.copyOf(query.texts("client", ClientName::check)),
                Set.copyOf(query.texts("ip", text -> Address.parse(text).text())),
                Set.copyOf(query.texts("tag", text -> text)));
    }

    boolean matches(LiveIp ip) {
        return (ips.isEmpty() || ips.contains(ip.ip())) && matchesClient(ip.client(), ip.tags());
    }

    /** Whether what happens to a client as a whole is wanted: not where single ips are. */
    boolean matches(String client, Collection<String> clientTags) {
        return ips.isEmpty() && matchesClient(client, clientTags);
    }

    private boolean matchesClient(String client, Collection<String> itsTags) {
        return (clients.isEmpty() || clients.contains(client))
                && (tags.isEmpty() || !Collections.disjoint(tags, itsTags));
    }
}
