package org.pingrecorder.recorder.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.wire.Client;

/**
 * What changes about clients, by comparing what {@code GET /clients} would say now with what it
 * said before. For one time of listening; not thread-safe.
 */
final class ClientNews {

    private final ClientStore store;
    private final Map<String, Client> known = new HashMap<>();

    /** Takes all clients as they are now as told. */
    ClientNews(ClientStore store) {
        this.store = store;
        store.all().forEach(client -> known.put(client.client(), client));
    }

    /** Tells what changed about some clients. */
    void tell(Collection<String> names, LongSupplier ids, Audience audience) {
        if (!names.isEmpty()) {
            tell(names, store.find(names), ids, audience);
        }
    }

    /** Tells what changed about any client. */
    void tellAll(LongSupplier ids, Audience audience) {
        List<Client> now = store.all();
        Set<String> names = new TreeSet<>(known.keySet());
        now.forEach(client -> names.add(client.client()));
        tell(names, now, ids, audience);
    }

    private void tell(
            Collection<String> names, List<Client> now, LongSupplier ids, Audience audience) {
        Map<String, Client> found = new HashMap<>();
        now.forEach(client -> found.put(client.client(), client));
        for (String name : names) {
            Client client = found.get(name);
            Client before = client == null ? known.remove(name) : known.put(name, client);
            if (differ(before, client)) {
                audience.offer(
                        name,
                        Objects.requireNonNull(client == null ? before : client).tags(),
                        EventJson.client(ids.getAsLong(), name, client));
            }
        }
    }

    private static boolean differ(@Nullable Client one, @Nullable Client other) {
        if (one == null || other == null) {
            return one != null || other != null;
        }
        return one.state() != other.state()
                || !Objects.equals(one.stateSince(), other.stateSince())
                || one.planRevision() != other.planRevision()
                || one.planAcked() != other.planAcked()
                || one.paused() != other.paused();
    }
}
