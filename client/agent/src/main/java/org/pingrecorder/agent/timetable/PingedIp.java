package org.pingrecorder.agent.timetable;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;

/**
 * An address or host name that is pinged, and where it is right now. A host name of which IPv4 and
 * IPv6 are pinged is two of these. Thread-safe: whoever resolves names writes its {@link Location},
 * the timetable reads it at each slot.
 */
public final class PingedIp {

    private final Address address;
    private final @Nullable Family family;
    private final @Nullable String name;
    private final Pace pace;
    private final String key;
    private volatile Location location = Location.PENDING;

    /** Where the timetable keeps it; for the engine's thread. */
    int index = -1;

    /** What the sink was told last; for the engine's thread. */
    Announcements.Said said = Announcements.Said.NOTHING;

    /**
     * Not located yet.
     *
     * @param family of a host name's half; null for all else
     * @param name what people call it, or null
     */
    public PingedIp(Address address, @Nullable Family family, @Nullable String name, Pace pace) {
        this.address = address;
        this.family = family;
        this.name = name;
        this.pace = pace;
        this.key = key(address.text(), family);
    }

    /** What tells one ip of a client from another: its text, and the family of a half. */
    public static String key(String ip, @Nullable Family family) {
        return family == null ? ip : ip + " " + family;
    }

    /** As {@link #key(String, Family)}. */
    public String key() {
        return key;
    }

    public Address address() {
        return address;
    }

    /** Which half of a host name this is; null if it is none. */
    public @Nullable Family family() {
        return family;
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

    @Override
    public String toString() {
        return key;
    }

    /** Where to send. */
    public sealed interface Location {

        /** The one {@link Pending}. */
        Location PENDING = new Pending();

        /** The first lookup has not ended; slots pass without a result, as before a start. */
        record Pending() implements Location {}

        /** At an address. */
        record Found(EchoTarget target) implements Location {}

        /** Nowhere: the host name does not resolve. */
        record Unknown(String cause) implements Location {}
    }
}
