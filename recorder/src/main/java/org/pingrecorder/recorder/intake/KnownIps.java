package org.pingrecorder.recorder.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;

/** The ips of one client that pings came for lately. Thread-safe. */
final class KnownIps {

    /** Further ones are read anew each time. */
    static final int MOST_IPS = 200_000;

    private static final long NEVER = -1;

    private final String client;
    private final LongAdder added;
    private final Map<String, KnownIp> byText = new ConcurrentHashMap<>();

    /** Only the writer's thread uses it. */
    private long revision = NEVER;

    /**
     * @param added counts what is kept
     */
    KnownIps(String client, LongAdder added) {
        this.client = client;
        this.added = added;
    }

    String client() {
        return client;
    }

    int size() {
        return byText.size();
    }

    /**
     * The ip that a caller means.
     *
     * @param family as it was given, or null
     * @throws IllegalArgumentException with a message for the caller
     */
    KnownIp find(String ip, @Nullable String family) {
        String key = family == null ? ip : ip + '\0' + family;
        KnownIp known = byText.get(key);
        if (known != null) {
            return known;
        }
        Address address = Address.parse(ip);
        KnownIp found = new KnownIp(address, family == null ? null : family(family, address));
        if (byText.size() >= MOST_IPS) {
            return found;
        }
        KnownIp earlier = byText.putIfAbsent(key, found);
        if (earlier == null) {
            added.increment();
            return found;
        }
        return earlier;
    }

    private static Family family(String text, Address address) {
        Family family = Family.parse(text);
        if (address.kind() != Address.Kind.NAME) {
            throw new IllegalArgumentException(
                    address + " is an address and has no other family, so leave 'family' out");
        }
        return family;
    }

    /** Forgets ids unless they are of this revision of the client's registry. */
    void expect(long current) {
        if (revision != current) {
            forget();
            revision = current;
        }
    }

    /** Forgets all ids: what they were learnt from may not have happened. */
    void forget() {
        revision = NEVER;
        byText.values().forEach(KnownIp::forget);
    }
}
