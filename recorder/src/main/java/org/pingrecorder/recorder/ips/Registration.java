package org.pingrecorder.recorder.ips;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Source;

/**
 * An ip to be in the registry.
 *
 * @param client checked name of who pings it
 * @param address what is pinged
 * @param family of a host name's half, or null
 * @param name what people call it; null leaves a name that is there
 * @param source why it is pinged; null leaves what is there, or is {@link Source#POST}
 */
public record Registration(
        String client,
        Address address,
        @Nullable Family family,
        @Nullable String name,
        @Nullable Source source) {}
