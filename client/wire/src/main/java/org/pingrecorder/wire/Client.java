package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code /clients}. What only a control channel tells is of its newest one, and null
 * where there never was any.
 *
 * @param client its name
 * @param state how it stands with the recorder
 * @param stateSince since when, UTC; null where that is not known: while it delivers without a
 *     control channel
 * @param tags what people sort it by, each once
 * @param note what people wrote about it, or null
 * @param address from where it connected or delivered last, or null
 * @param addresses of its host, by its own word
 * @param installation made once and kept with its data: tells a restart from a second client of
 *     that name
 * @param version of its program
 * @param icmp kinds of sockets it may open: {@code datagram}, {@code raw}, {@code command}
 * @param ipv4 whether it can send IPv4 echo requests
 * @param ipv6 whether it can send IPv6 echo requests
 * @param mostPingsPerSecond what its configuration bounds plans and tasks to; null also where it
 *     does not
 * @param os its operating system and architecture
 * @param connectedAt when its newest control channel began, UTC
 * @param stoppedAt when it said that it stops, UTC; null if it has registered again since
 * @param createdAt when it was first named, UTC
 * @param lastSeen when it connected or delivered last, UTC; null if never
 * @param clockOffsetMs what its clock shows less than the recorder's, in milliseconds, as estimated
 *     last; null where unknown
 * @param ips how many of {@code /ips} are its
 * @param planRevision of the plan that it is to follow; 0 where there is none
 * @param planAcked of the plan that it follows by its own word; 0 where there is none
 * @param planAckedAt since when, UTC
 * @param planProblems what of that plan it cannot follow, and why
 * @param paused whether the plan that it is to follow says to ping nothing
 * @param pausedAt since when it pings nothing, by the plan that it follows, UTC; null while it
 *     pings
 * @param statusAt when it told last how it does, UTC
 * @param pingedIps that it pings
 * @param spooledPings recorded by it and not delivered yet
 * @param droppedPings given up since its start, because its spool was full
 * @param cutOff whether it judges itself cut off from the network
 * @param cutOffSince since when, UTC; null while it does not
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Client(
        String client,
        ClientState state,
        @Nullable Instant stateSince,
        List<String> tags,
        @Nullable String note,
        @Nullable String address,
        @Nullable List<String> addresses,
        @Nullable String installation,
        @Nullable String version,
        @Nullable List<String> icmp,
        @Nullable Boolean ipv4,
        @Nullable Boolean ipv6,
        @Nullable Integer mostPingsPerSecond,
        @Nullable String os,
        @Nullable Instant connectedAt,
        @Nullable Instant stoppedAt,
        Instant createdAt,
        @Nullable Instant lastSeen,
        @Nullable Double clockOffsetMs,
        long ips,
        long planRevision,
        long planAcked,
        @Nullable Instant planAckedAt,
        @Nullable List<String> planProblems,
        boolean paused,
        @Nullable Instant pausedAt,
        @Nullable Instant statusAt,
        @Nullable Long pingedIps,
        @Nullable Long spooledPings,
        @Nullable Long droppedPings,
        @Nullable Boolean cutOff,
        @Nullable Instant cutOffSince) {}
