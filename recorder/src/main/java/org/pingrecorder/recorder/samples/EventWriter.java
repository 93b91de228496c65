package org.pingrecorder.recorder.samples;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/** Writes the events of samples. A text is written where it first occurs, afterwards its number. */
final class EventWriter {

    private final BitWriter out;
    private final Samples samples;
    private @Nullable Map<String, Integer> texts;
    private int last;
    private int ttl = -1;
    private @Nullable String address;

    EventWriter(BitWriter out, Samples samples) {
        this.out = out;
        this.samples = samples;
    }

    void putAll() {
        for (int i = 0; i < samples.size(); i++) {
            Outcome outcome = samples.outcome(i);
            if (outcome != Outcome.REPLY) {
                putEvent(Event.of(outcome), i);
                if (outcome == Outcome.LATE) {
                    out.putVar(samples.latencyMicros(i));
                }
            }
            if (outcome.hasLatency() && samples.ttl(i) != ttl) {
                ttl = samples.ttl(i);
                putEvent(Event.TTL, i);
                out.putVar(ttl + 1);
            }
            if (!Objects.equals(samples.address(i), address)) {
                address = samples.address(i);
                putEvent(Event.ADDRESS, i);
                putText(address);
            }
            Extra extra = samples.extra(i);
            if (!extra.equals(Extra.NONE)) {
                putExtra(extra, i);
            }
        }
        out.putVar(Event.END);
    }

    private void putExtra(Extra extra, int index) {
        Cause cause = extra.cause();
        if (cause != null) {
            putEvent(Event.CAUSE, index);
            out.putVar(cause.type() + 1);
            out.putVar(cause.code() + 1);
            putText(cause.from());
            putText(cause.text());
        }
        if (extra.duplicates() != 0) {
            putEvent(Event.DUPLICATES, index);
            out.putVar(extra.duplicates());
        }
        if (extra.slipMicros() != 0) {
            putEvent(Event.SLIP, index);
            out.putSigned(extra.slipMicros());
        }
        if (extra.cutOff()) {
            putEvent(Event.CUT_OFF, index);
        }
    }

    private void putEvent(int kind, int index) {
        out.putVar((long) (index - last) << Event.KIND_BITS | kind);
        last = index;
    }

    /** Number 0 stands for none; the next number that is free for what follows it. */
    private void putText(@Nullable String text) {
        if (text == null) {
            out.putVar(0);
            return;
        }
        if (texts == null) {
            texts = new HashMap<>();
        }
        int next = texts.size() + 1;
        Integer known = texts.putIfAbsent(text, next);
        out.putVar(known == null ? next : known);
        if (known == null) {
            // Not UTF-8, which cannot take the half of a surrogate pair.
            out.putVar(text.length());
            text.chars().forEach(out::putVar);
        }
    }
}
