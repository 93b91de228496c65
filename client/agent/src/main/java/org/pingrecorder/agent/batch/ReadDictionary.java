package org.pingrecorder.agent.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;

/**
 * What {@link WriteDictionary} wrote, as far as it was read. Entries carry their numbers, so that
 * those of a batch that cannot be read are unknown and no others move. For one thread.
 */
public final class ReadDictionary {

    private static final int MOST_ENTRIES = 1 << 20;

    private final List<@Nullable String> texts = new ArrayList<>();
    private final List<@Nullable BatchIp> ips = new ArrayList<>();

    /** Null if it was in a batch that could not be read. */
    @Nullable BatchIp ip(int number) {
        return number < ips.size() ? ips.get(number) : null;
    }

    /** Null for 0, or if it was in a batch that could not be read. */
    @Nullable String textOrNone(int number) {
        return number > 0 && number <= texts.size() ? texts.get(number - 1) : null;
    }

    void readNew(ByteReader in) throws CorruptException {
        int text = in.bounded(MOST_ENTRIES);
        int textsEnd = text + in.count();
        for (; text < textsEnd; text++) {
            put(texts, text, in.text());
        }
        int ip = in.bounded(MOST_ENTRIES);
        int ipsEnd = ip + in.count();
        for (; ip < ipsEnd; ip++) {
            put(ips, ip, readIp(in));
        }
    }

    private @Nullable BatchIp readIp(ByteReader in) throws CorruptException {
        String text = textOrNone(in.bounded(MOST_ENTRIES) + 1);
        Family family = Family.ofVersion(in.octet()).orElse(null);
        String name = textOrNone(in.bounded(MOST_ENTRIES));
        long intervalMicros = in.unsigned();
        return text == null ? null : new BatchIp(text, family, name, intervalMicros);
    }

    private static <T> void put(List<@Nullable T> entries, int number, @Nullable T entry) {
        while (entries.size() <= number) {
            entries.add(null);
        }
        entries.set(number, entry);
    }
}
