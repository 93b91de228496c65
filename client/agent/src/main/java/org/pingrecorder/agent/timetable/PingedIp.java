package org.pingrecorder.agent.timetable;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;

/**
 * An address or host name that is pinged, and where it is right now. Thread-safe: whoever resolves
 * names writes its {@link Location}, the timetable reads it at each slot.
 */
public final class PingedIp {

    private final Address address;
    private final @Nullable String name;
    private final Pace pace;
    private volatile Location location = new Location.Pending();

    public PingedIp(Address address, @Nullable String name, Pace pace) {
        this.address = address;
        this.name = name;
        this.pace = pace;
    }

    public Address address() {
        return address;
    }

    /** What people call it, or null. */
    public @Nullable String name() {
        return name;
    }

    public Pace pace() {
        return pace;
    }

    public Location location() {
        return location;
    }

    public void locate(Location found) {
        location = found;
    }

    /** Where to send. */
    public sealed interface Location {

        /** The first lookup has not ended; slots pass without a result, as before a start. */
        record Pending() implements Location {}

        /** At an address. */
        record Found(EchoTarget target) implements Location {}

        /** Nowhere: the host name does not resolve. */
        record Unknown(String cause) implements Location {}
    }
}
