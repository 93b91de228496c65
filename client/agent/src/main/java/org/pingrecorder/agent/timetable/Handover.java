package org.pingrecorder.agent.timetable;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The slots that ips of a new list go on with: those of the same ip in the list before, unless its
 * interval is another. Nearly always nearly all ips are the same objects, which costs no map. For
 * the engine's thread.
 */
final class Handover {

    private final List<PingedIp> before;
    private final long[] slotEpochMicros;
    private final Announcements announcements;
    private final Map<String, Integer> replaced = new HashMap<>();

    Handover(
            List<PingedIp> before,
            long[] slotEpochMicros,
            List<PingedIp> after,
            Announcements announcements) {
        this.before = before;
        this.slotEpochMicros = slotEpochMicros;
        this.announcements = announcements;
        BitSet same = new BitSet(before.size());
        after.stream().filter(this::isSame).forEach(ip -> same.set(ip.index));
        for (int i = same.nextClearBit(0); i < before.size(); i = same.nextClearBit(i + 1)) {
            replaced.put(before.get(i).key(), i);
        }
    }

    private boolean isSame(PingedIp ip) {
        return ip.index >= 0 && ip.index < before.size() && before.get(ip.index) == ip;
    }

    /** Tells of ips that were on the timetable and are no more. */
    void tellEnded(List<PingedIp> after) {
        if (replaced.isEmpty()) {
            return;
        }
        Map<String, Integer> ended = new HashMap<>(replaced);
        after.forEach(ip -> ended.remove(ip.key()));
        ended.values().forEach(i -> announcements.ended(before.get(i), slotEpochMicros[i]));
    }

    /** The next slot of an ip, if it was there before at the same interval. */
    OptionalLong slotOf(PingedIp ip) {
        if (isSame(ip)) {
            return OptionalLong.of(slotEpochMicros[ip.index]);
        }
        @Nullable Integer index = replaced.get(ip.key());
        if (index == null || !before.get(index).pace().interval().equals(ip.pace().interval())) {
            return OptionalLong.empty();
        }
        ip.said = before.get(index).said;
        return OptionalLong.of(slotEpochMicros[index]);
    }

    /** Tells of an ip that was not there, or whose interval is another now. */
    void tellChanged(PingedIp ip, long firstEpochMicros) {
        @Nullable Integer index = replaced.get(ip.key());
        if (index != null) {
            announcements.changed(before.get(index), slotEpochMicros[index], ip, firstEpochMicros);
        }
    }
}
