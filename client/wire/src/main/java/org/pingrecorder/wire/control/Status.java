package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/**
 * How a client does.
 *
 * @param timeUs its clock, in microseconds since the Unix epoch
 * @param ips that it pings
 * @param spooledPings recorded and not yet delivered
 * @param droppedPings given up since its start, because its spool was full
 * @param cutOff whether it judges itself cut off from the network
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Status(long timeUs, long ips, long spooledPings, long droppedPings, boolean cutOff)
        implements FromClient {}
