package org.pingrecorder.recorder.intake;

import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The clients that delivered lately, each with its ips; bounded by the ips. Thread-safe. */
@Singleton
final class KnownClients {

    /** Of all clients together, about 150 bytes each. */
    private static final int MOST_IPS = 300_000;

    private static final int MOST_CLIENTS = 10_000;

    /** So many ips more are looked for the oldest. */
    private static final int CHECK_EVERY = 10_000;

    private final Map<String, KnownIps> clients = new LinkedHashMap<>(16, 0.75f, true);
    private final LongAdder added = new LongAdder();

    synchronized KnownIps of(String client) {
        KnownIps known = clients.computeIfAbsent(client, name -> new KnownIps(name, added));
        if (clients.size() > MOST_CLIENTS || added.sum() >= CHECK_EVERY) {
            added.reset();
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
