package org.pingrecorder.oneoff;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;

/**
 * One host of a run. Its address may be found while the run goes on.
 *
 * <p>Thread-safe.
 */
public final class PingHost {

    private final Address given;
    private final @Nullable String name;
    private final @Nullable Family family;
    private final boolean paired;
    private volatile @Nullable EchoTarget target;

    /**
     * A host that is not located yet.
     *
     * @param given as it was asked for
     * @param name what people call it
     * @param family the one to look its name up in, or null for the resolver's choice
     * @param paired whether its other family is a host of the run too
     */
    public PingHost(Address given, @Nullable String name, @Nullable Family family, boolean paired) {
        this.given = given;
        this.name = name;
        this.family = family;
        this.paired = paired;
    }

    public Address given() {
        return given;
    }

    public @Nullable String name() {
        return name;
    }

    public @Nullable Family family() {
        return family;
    }

    /** The family where it tells this host from another of the same name. */
    public @Nullable Family tellingFamily() {
        return paired ? family : null;
    }

    public void locate(EchoTarget found) {
        target = found;
    }

    public @Nullable EchoTarget target() {
        return target;
    }

    public @Nullable String addressText() {
        EchoTarget found = target;
        return found == null ? null : found.toString();
    }

    /** What tells this host from every other of the run. */
    public String label() {
        if (!paired || family == null) {
            return given.text();
        }
        String address = addressText();
        return given.text() + " (" + (address == null ? family.title() : address) + ")";
    }
}
