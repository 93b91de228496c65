package org.pingrecorder.agent.channel;

import java.time.Duration;

/**
 * How long each part of the control channel takes at most, or waits.
 *
 * @param patience for a connection, for its handshake, for the recorder's first message, and for
 *     its word that it knows of a goodbye
 * @param keepAlive silence after which the other end is asked for a sign of life; three of these
 *     without one, and it is dead
 * @param leastWait before the second attempt to connect; doubled with every further failure
 * @param mostWait before any attempt
 * @param leastBlocked as {@code leastWait}, where something on the way does not let the channel
 *     through: it hardly changes its mind
 * @param mostBlocked as {@code mostWait}, where it does not
 * @param poll how often the plan is asked for over HTTP while there is no channel
 * @param mostPoll the same while that fails too
 */
record ChannelTimes(
        Duration patience,
        Duration keepAlive,
        Duration leastWait,
        Duration mostWait,
        Duration leastBlocked,
        Duration mostBlocked,
        Duration poll,
        Duration mostPoll) {

    /** Those of every client. */
    static final ChannelTimes STANDARD =
            new ChannelTimes(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5));
}
