package org.pingrecorder.recorder.intake;

import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The clients that delivered lately, each with its ips; bounded by the ips. Thread-safe. */
@Singleton
final class KnownClients {

    /** Of all clients together, about 150 bytes each. */
    private static final int MOST_IPS = 300_000;

    private static final int MOST_CLIENTS = 10_000;
    private static final int CHECK_EVERY = 1_024;

    private final Map<String, KnownIps> clients = new LinkedHashMap<>(16, 0.75f, true);
    private int calls;

    synchronized KnownIps of(String client) {
        KnownIps known = clients.computeIfAbsent(client, KnownIps::new);
        if (clients.size() > MOST_CLIENTS || ++calls % CHECK_EVERY == 0) {
            forgetOldest();
        }
        return known;
    }

    private void forgetOldest() {
        long ips = clients.values().stream().mapToLong(KnownIps::size).sum();
        Iterator<KnownIps> oldest = clients.values().iterator();
        while (clients.size() > 1 && (ips > MOST_IPS || clients.size() > MOST_CLIENTS)) {
            ips -= oldest.next().size();
            oldest.remove();
        }
    }
}
