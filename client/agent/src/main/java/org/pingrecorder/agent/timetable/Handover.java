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
    private final Map<String, Integer> replaced = new HashMap<>();

    Handover(List<PingedIp> before, long[] slotEpochMicros, List<PingedIp> after) {
        this.before = before;
        this.slotEpochMicros = slotEpochMicros;
        BitSet same = new BitSet(before.size());
        after.stream().filter(this::isSame).forEach(ip -> same.set(ip.index));
        for (int i = same.nextClearBit(0); i < before.size(); i = same.nextClearBit(i + 1)) {
            replaced.put(before.get(i).key(), i);
        }
    }

    private boolean isSame(PingedIp ip) {
        return ip.index >= 0 && ip.index < before.size() && before.get(ip.index) == ip;
    }

    /** Tells the sink of ips that were pinged and are no more. */
    void tellEnded(List<PingedIp> after, PingSink sink) {
        if (replaced.isEmpty()) {
            return;
        }
        Map<String, Integer> ended = new HashMap<>(replaced);
        after.forEach(ip -> ended.remove(ip.key()));
        for (int index : ended.values()) {
            PingedIp ip = before.get(index);
            if (ip.begun) {
                ip.begun = false;
                sink.ends(ip, slotEpochMicros[index]);
            }
        }
    }

    /** The next slot of an ip, if it was there before. */
    OptionalLong slotOf(PingedIp ip) {
        if (isSame(ip)) {
            return OptionalLong.of(slotEpochMicros[ip.index]);
        }
        @Nullable Integer index = replaced.get(ip.key());
        if (index == null || !before.get(index).pace().interval().equals(ip.pace().interval())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(slotEpochMicros[index]);
    }
}
