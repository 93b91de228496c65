package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client can do, found by trying.
 *
 * @param icmp kinds of sockets it may open: {@code datagram}, {@code raw}, {@code command}
 * @param ipv4 whether it can send IPv4 echo requests
 * @param ipv6 whether it can send IPv6 echo requests
 * @param mostPingsPerSecond what its configuration bounds plans and tasks to; absent where it does
 *     not
 * @param os its operating system and architecture, such as {@code Linux 6.1 amd64}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Capabilities(
        List<String> icmp,
        boolean ipv4,
        boolean ipv6,
        @Nullable Integer mostPingsPerSecond,
        String os) {}
