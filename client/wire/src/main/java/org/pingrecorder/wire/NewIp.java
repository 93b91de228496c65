package org.pingrecorder.wire;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /ips} takes: an ip to register.
 *
 * @param ip address or host name
 * @param family of a host name of which this is one half; absent for all else
 * @param client who pings it; {@value ClientName#DEFAULT} where absent
 * @param name what people call it
 * @param source why it is pinged; {@code post} where absent
 */
@Serdeable
public record NewIp(
        String ip,
        @Nullable Family family,
        @Nullable String client,
        @Nullable String name,
        @Nullable Source source) {}
