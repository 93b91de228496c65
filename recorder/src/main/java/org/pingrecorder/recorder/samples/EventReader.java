package org.pingrecorder.recorder.samples;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link EventWriter} wrote, into samples that are replies so far. Throws {@link
 * IllegalArgumentException} or {@link IndexOutOfBoundsException} for anything else.
 */
final class EventReader {

    private static final int MOST_TTL = 255;
    private static final int MOST_ICMP = 255;

    private final BitReader in;
    private final Samples into;
    private int index;
    private @Nullable List<String> texts;

    // Of the pings from an index on; written down when it changes, and at the end.
    private int ttl = -1;
    private int ttlFrom;
    private @Nullable String address;
    private int addressFrom;

    EventReader(BitReader in, Samples into, int first) {
        this.in = in;
        this.into = into;
        this.index = first;
        this.ttlFrom = first;
        this.addressFrom = first;
    }

    void readAll() {
        for (long head = in.readVar(); head != Event.END; head = in.readVar()) {
            long gap = head >>> Event.KIND_BITS;
            if (gap >= into.size() - index) {
                throw new IllegalArgumentException("an event after the last ping");
            }
            index += (int) gap;
            readEvent((int) head & (1 << Event.KIND_BITS) - 1);
        }
        endTtl(into.size());
        endAddress(into.size());
    }

    private void readEvent(int kind) {
        Extra extra = into.extra(index);
        switch (kind) {
            case Event.TTL -> {
                endTtl(index);
                ttl = in.readVar(MOST_TTL + 1) - 1;
            }
            case Event.ADDRESS -> {
                endAddress(index);
                address = readText();
            }
            case Event.CAUSE -> into.setExtra(index, extra.withCause(readCause()));
            case Event.DUPLICATES ->
                    into.setExtra(index, extra.withDuplicates(in.readVar(Integer.MAX_VALUE)));
            case Event.SLIP -> into.setExtra(index, extra.withSlipMicros((int) in.readSigned()));
            case Event.CUT_OFF -> into.setExtra(index, extra.withCutOff());
            case Event.LATE ->
                    into.setOutcome(index, Event.outcome(kind), in.readVar(Integer.MAX_VALUE));
            default -> into.setOutcome(index, Event.outcome(kind), -1);
        }
    }

    private void endTtl(int end) {
        if (ttl >= 0) {
            into.setTtls(ttlFrom, end, ttl);
        }
        ttlFrom = end;
    }

    private void endAddress(int end) {
        if (address != null) {
            for (int i = addressFrom; i < end; i++) {
                into.setAddress(i, address);
            }
        }
        addressFrom = end;
    }

    private Cause readCause() {
        int type = in.readVar(MOST_ICMP + 1) - 1;
        int code = in.readVar(MOST_ICMP + 1) - 1;
        return new Cause(type, code, readText(), readText());
    }

    private @Nullable String readText() {
        if (texts == null) {
            texts = new ArrayList<>();
        }
        int number = in.readVar(texts.size() + 1);
        if (number == 0) {
            return null;
        }
        if (number > texts.size()) {
            char[] chars = new char[in.readVar(in.left())];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = (char) in.readVar(Character.MAX_VALUE);
            }
            texts.add(new String(chars));
        }
        return texts.get(number - 1);
    }
}
