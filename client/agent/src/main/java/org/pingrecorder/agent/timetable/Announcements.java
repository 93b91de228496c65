package org.pingrecorder.agent.timetable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a sink when ips are pinged and when not. What it said of an ip last is kept in the ip, so
 * that each beginning has an end and nothing is said twice. An end lasts until the ip begins at a
 * later slot, so there is no other beginning. For the engine's thread.
 */
final class Announcements {

    /** What was said of an ip last. */
    enum Said {
        NOTHING,
        PINGED,
        PAUSED,
        /** Either of these, but in slots of another time or interval. */
        INTERRUPTED
    }

    private final PingSink sink;

    /** The ends that are still to come. */
    private final Map<String, Long> endEpochMicros = new HashMap<>();

    Announcements(PingSink sink) {
        this.sink = sink;
    }

    /** A slot is kept. */
    void pinged(PingedIp ip, long slotEpochMicros) {
        if (ip.said != Said.PINGED) {
            ip.said = Said.PINGED;
            sink.begins(ip, slotEpochMicros);
        }
    }

    /** Its slots are not kept from this one on, but are still its slots. */
    void paused(PingedIp ip, long slotEpochMicros) {
        if (ip.said != Said.PAUSED) {
            end(ip, slotEpochMicros, PingSink.End.PAUSED);
            ip.said = Said.PAUSED;
        }
    }

    /** It has no slots from this one on. */
    void ended(PingedIp ip, long slotEpochMicros) {
        if (ip.said != Said.NOTHING) {
            end(ip, slotEpochMicros, PingSink.End.STOPPED);
            ip.said = Said.NOTHING;
        }
    }

    /** It has other slots from a first one on; the old ones before that are not kept. */
    void changed(PingedIp old, long oldSlotEpochMicros, PingedIp now, long firstEpochMicros) {
        if (old.said == Said.PINGED) {
            ended(old, Math.min(oldSlotEpochMicros, firstEpochMicros - 1));
        }
        now.said = old.said;
        interrupted(now);
    }

    /** An end needs a beginning: of a timetable that was not told yet, or that ends a pause. */
    private void end(PingedIp ip, long slotEpochMicros, PingSink.End why) {
        if (ip.said != Said.PINGED) {
            sink.begins(ip, slotEpochMicros);
        }
        sink.ends(ip, slotEpochMicros, why);
        endEpochMicros.put(ip.key(), slotEpochMicros);
    }

    /** The slots that it goes on with are to be told anew. */
    void interrupted(PingedIp ip) {
        ip.said = ip.said == Said.NOTHING ? Said.NOTHING : Said.INTERRUPTED;
    }

    /** The same for all, in slots of another time. */
    void interrupted(List<PingedIp> ips) {
        ips.forEach(this::interrupted);
        endEpochMicros.clear();
    }

    /** The time after which an ip may begin, now or later. */
    long mayBeginAfter(PingedIp ip, long nowMicros) {
        return Math.max(nowMicros, endEpochMicros.getOrDefault(ip.key(), nowMicros));
    }

    /** Forgets ends that are over. */
    void forgetEndsUntil(long nowMicros) {
        endEpochMicros.values().removeIf(end -> end <= nowMicros);
    }
}
