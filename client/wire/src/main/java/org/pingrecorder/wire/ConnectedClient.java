package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code /conns}: a client with a control channel open, at any of the recorders on the
 * database.
 *
 * @param client its name
 * @param conn id of the connection, another one for each
 * @param recorder id of the recorder that it is connected to, another one at each start
 * @param address from where it connected
 * @param addresses of its host, by its own word
 * @param version of its program
 * @param icmp kinds of sockets it may open: {@code datagram}, {@code raw}, {@code command}
 * @param ipv4 whether it can send IPv4 echo requests
 * @param ipv6 whether it can send IPv6 echo requests
 * @param mostPingsPerSecond what its configuration bounds plans and tasks to; null where it does
 *     not
 * @param os its operating system and architecture
 * @param connectedAt since when, UTC
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConnectedClient(
        String client,
        String conn,
        String recorder,
        String address,
        List<String> addresses,
        String version,
        List<String> icmp,
        boolean ipv4,
        boolean ipv6,
        @Nullable Integer mostPingsPerSecond,
        String os,
        Instant connectedAt) {}
