package org.pingrecorder.recorder.intake;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.ips.IpStore;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;

/** One ip of a client, and what the writer knows of it; only the writer's thread may ask that. */
final class KnownIp {

    private final Address address;
    private final @Nullable Family family;
    private long id;
    private boolean isNamed;
    private boolean isListed;

    KnownIp(Address address, @Nullable Family family) {
        this.address = address;
        this.family = family;
    }

    Address address() {
        return address;
    }

    @Nullable Family family() {
        return family;
    }

    /** 0 where it must be looked up. */
    long id() {
        return id;
    }

    boolean isNamed() {
        return isNamed;
    }

    /** Where it is not, it is looked up for each delivery: it may be by then. */
    boolean isListed() {
        return isListed;
    }

    void learn(IpStore.Known known) {
        id = known.id();
        isNamed = known.isNamed();
        isListed = known.isListed();
    }

    @Override
    public String toString() {
        return family == null ? address.text() : address + " " + family.text();
    }

    void forget() {
        id = 0;
        isNamed = false;
        isListed = false;
    }
}
