package org.pingrecorder.agent.batch;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ips and texts that batches of one segment have named so far: each is written once, with the
 * first batch that needs it, and is a number from then on. For one thread.
 */
public final class WriteDictionary {

    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<BatchIp, Integer> ips = new HashMap<>();
    private final ByteWriter newTexts = new ByteWriter();
    private final ByteWriter newIps = new ByteWriter();
    private int newTextCount;
    private int newIpCount;

    /** How many entries there are. */
    public int size() {
        return texts.size() + ips.size();
    }

    int ip(BatchIp ip) {
        Integer known = ips.get(ip);
        if (known != null) {
            return known;
        }
        newIps.unsigned(text(ip.ip()));
        newIps.octet(ip.family() == null ? 0 : ip.family().version());
        newIps.unsigned(textOrNone(ip.name()));
        newIps.unsigned(ip.intervalMicros());
        newIpCount++;
        int number = ips.size();
        ips.put(ip, number);
        return number;
    }

    private int text(String text) {
        Integer known = texts.get(text);
        if (known != null) {
            return known;
        }
        newTexts.text(text);
        newTextCount++;
        int number = texts.size();
        texts.put(text, number);
        return number;
    }

    /** 0 for null, else one more than the text's number. */
    int textOrNone(@Nullable String text) {
        return text == null ? 0 : text(text) + 1;
    }

    /** Writes what is new since this was called last. */
    void writeNew(ByteWriter out) {
        out.unsigned(texts.size() - newTextCount);
        out.unsigned(newTextCount);
        out.raw(newTexts.array(), newTexts.size());
        out.unsigned(ips.size() - newIpCount);
        out.unsigned(newIpCount);
        out.raw(newIps.array(), newIps.size());
        newTexts.clear();
        newIps.clear();
        newTextCount = 0;
        newIpCount = 0;
    }
}
