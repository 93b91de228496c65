package org.pingrecorder.icmp;

/**
 * What an engine has done since it was opened, as of the end of its last turn. They add up:
 *
 * <pre>
 * handedOver     = sent + sendErrors + notSent
 * sent           = replies + late + timeouts + unreachable + overflowed + inFlight()
 * received       = replies + late + duplicates + expired + foreign + corrupted
 * errorsReceived = unreachable + errorsIgnored
 * </pre>
 *
 * @param handedOver pings the source handed over
 * @param sent pings the kernel took
 * @param sendErrors pings decided {@link Outcome#SEND_ERROR}
 * @param notSent pings decided {@link Outcome#MISSED} before they were sent
 * @param replies pings decided {@link Outcome#REPLY}
 * @param late pings decided {@link Outcome#LATE}
 * @param timeouts pings decided {@link Outcome#TIMEOUT}
 * @param unreachable pings decided {@link Outcome#UNREACHABLE}
 * @param overflowed pings decided {@link Outcome#MISSED} after they were sent
 * @param received messages read from the sockets, errors apart
 * @param duplicates further replies to pings already decided
 * @param expired replies that arrived after timeout and grace
 * @param foreign messages that belong to no ping in flight
 * @param corrupted replies to a ping in flight with wrong bytes
 * @param errorsReceived entries read from the error queues
 * @param errorsIgnored entries that decided no ping
 * @param stampFallbacks receive times taken from our own clock instead of the kernel's stamp
 * @param clamped round trips raised to the floor of 1 µs
 * @param heldUp pings during whose sending this thread lost its processor for more than 0.5 ms, so
 *     that their send time is known no better
 */
public record EngineCounters(
        long handedOver,
        long sent,
        long sendErrors,
        long notSent,
        long replies,
        long late,
        long timeouts,
        long unreachable,
        long overflowed,
        long received,
        long duplicates,
        long expired,
        long foreign,
        long corrupted,
        long errorsReceived,
        long errorsIgnored,
        long stampFallbacks,
        long clamped,
        long heldUp) {

    /** Pings sent and not decided yet. */
    public long inFlight() {
        return sent - replies - late - timeouts - unreachable - overflowed;
    }
}
