package org.pingrecorder.icmp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a copy of everything an engine says. */
final class RecordingListener implements PingListener {

    /** A decision, copied. */
    record Decided(
            long handle,
            EchoTarget target,
            Outcome outcome,
            long sentAtNanos,
            long rttNanos,
            int ttl,
            int replyBytes,
            int errorType,
            int errorCode,
            @Nullable String errorFrom,
            @Nullable String cause) {}

    final List<Decided> decided = Collections.synchronizedList(new ArrayList<>());
    final List<Long> duplicates = Collections.synchronizedList(new ArrayList<>());
    volatile @Nullable Throwable fault;

    @Override
    public void decided(Decision d) {
        decided.add(
                new Decided(
                        d.handle(),
                        d.target(),
                        d.outcome(),
                        d.sentAtNanos(),
                        d.rttNanos(),
                        d.ttl(),
                        d.replyBytes(),
                        d.errorType(),
                        d.errorCode(),
                        d.errorFrom(),
                        d.cause()));
    }

    @Override
    public void duplicate(long handle) {
        duplicates.add(handle);
    }

    @Override
    public void failed(Throwable cause) {
        fault = cause;
    }

    Decided of(long handle) {
        return decided.stream().filter(d -> d.handle() == handle).findFirst().orElseThrow();
    }

    List<Outcome> outcomes() {
        return decided.stream().map(Decided::outcome).toList();
    }
}
