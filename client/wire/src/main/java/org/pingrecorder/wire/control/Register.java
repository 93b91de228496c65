package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * The first message of a client: who it is. Answered with {@link Registered} or {@link Refused}.
 *
 * @param client its name
 * @param installation made once and kept with its data: tells a restart from a second client of
 *     that name
 * @param addresses of its host, canonical, without loopback
 * @param timeUs its clock, in microseconds since the Unix epoch
 * @param version of its program
 * @param capabilities what it can do
 * @param planRevision of the plan that it follows; 0 where it has none
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Register(
        String client,
        String installation,
        List<String> addresses,
        long timeUs,
        String version,
        Capabilities capabilities,
        long planRevision)
        implements FromClient {}
