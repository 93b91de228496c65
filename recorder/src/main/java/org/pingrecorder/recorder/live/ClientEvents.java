package org.pingrecorder.recorder.live;

import jakarta.inject.Singleton;

/** Where listeners are told what happens to clients, whichever recorder knows it. Thread-safe. */
@Singleton
public final class ClientEvents {

    private final Inbox inbox;
    private final Neighbours neighbours;

    ClientEvents(Inbox inbox, Neighbours neighbours) {
        this.inbox = inbox;
        this.neighbours = neighbours;
    }

    /** Tells it to the listeners of all recorders on the database; returns at once. */
    public void tell(ClientEvent event) {
        inbox.add(event);
        neighbours.happened(event);
    }
}
