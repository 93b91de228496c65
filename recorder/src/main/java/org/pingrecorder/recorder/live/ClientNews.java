package org.pingrecorder.recorder.live;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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

    /** Those that ping nothing by a plan, and since when. */
    Map<String, Instant> paused() {
        Map<String, Instant> paused = new HashMap<>();
        known.forEach(
                (name, client) -> {
                    Instant since = client.pausedAt();
                    if (since != null) {
                        paused.put(name, since);
                    }
                });
        return paused;
    }

    /** Tells what changed about some clients. */
    void tell(Collection<String> names, Teller teller, Audience audience) {
        if (!names.isEmpty()) {
            tell(names, store.find(names), teller, audience);
        }
    }

    /** Tells what changed about any client. */
    void tellAll(Teller teller, Audience audience) {
        List<Client> now = store.all();
        Set<String> names = new TreeSet<>(known.keySet());
        now.forEach(client -> names.add(client.client()));
        tell(names, now, teller, audience);
    }

    private void tell(
            Collection<String> names, List<Client> now, Teller teller, Audience audience) {
        Map<String, Client> found = new HashMap<>();
        now.forEach(client -> found.put(client.client(), client));
        for (String name : names) {
            Client client = found.get(name);
            Client before = client == null ? known.remove(name) : known.put(name, client);
            if (differ(before, client)) {
                audience.offer(
                        name,
                        Objects.requireNonNull(client == null ? before : client).tags(),
                        EventJson.client(teller.nextId(), name, client));
            }
            Instant paused = client == null ? null : client.pausedAt();
            if (!Objects.equals(paused, before == null ? null : before.pausedAt())) {
                teller.tellPaused(name, paused, audience);
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
