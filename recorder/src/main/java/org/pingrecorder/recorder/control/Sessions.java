package org.pingrecorder.recorder.control;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.control.FromRecorder;

/** The clients that are connected to this recorder. Thread-safe. */
@Singleton
public final class Sessions {

    private final Set<Conn> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Conn> byClient = new ConcurrentHashMap<>();
    private final Messages messages;

    Sessions(Messages messages, MeterRegistry registry) {
        this.messages = messages;
        Gauge.builder("ping_recorder.connected.clients", byClient, Map::size)
                .description("Clients whose control channel is at this recorder")
                .register(registry);
    }

    /**
     * Sends a message to a client, after what it was sent before.
     *
     * @return whether the client is connected to this recorder; not whether the message arrived
     */
    public boolean send(String client, FromRecorder message) {
        Conn conn = byClient.get(client);
        if (conn != null) {
            String text = messages.write(message);
            conn.inOrder(() -> conn.send(text));
        }
        return conn != null;
    }

    /** Whether the client is connected to this recorder. */
    public boolean isConnected(String client) {
        return byClient.containsKey(client);
    }

    void opened(Conn conn) {
        open.add(conn);
    }

    /** A client's connection from now on; returns the one that it replaces. */
    @Nullable Conn registered(String client, Conn conn) {
        return byClient.put(client, conn);
    }

    void closed(Conn conn) {
        open.remove(conn);
        String client = conn.client();
        if (client != null) {
            byClient.remove(client, conn);
        }
    }

    @Nullable Conn of(String client) {
        return byClient.get(client);
    }

    /** Those that have registered, and those that have not yet. */
    Collection<Conn> all() {
        return open;
    }

    Collection<Conn> registered() {
        return byClient.values();
    }
}
