package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * How a client does.
 *
 * @param timeUs its clock, in microseconds since the Unix epoch
 * @param ips that it pings
 * @param spooledPings recorded and not yet delivered
 * @param droppedPings given up since its start, because its spool was full
 * @param cutOff whether it judges itself cut off from the network
 * @param cutOffSinceUs since when, by its clock, in microseconds since the Unix epoch; null while
 *     it does not
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Status(
        long timeUs,
        long ips,
        long spooledPings,
        long droppedPings,
        boolean cutOff,
        @Nullable Long cutOffSinceUs)
        implements FromClient {}
