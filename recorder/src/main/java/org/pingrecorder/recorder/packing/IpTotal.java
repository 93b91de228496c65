package org.pingrecorder.recorder.packing;

import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.samples.Samples;

/** A row of {@code ip_total}: all that was packed of one ip, and where it stands. */
final class IpTotal {

    final long ipId;
    long received;
    long late;
    long lost;
    long cutOff;
    long notSent;
    long duplicates;

    /** Of outages that have ended. */
    long disconnectedMicros;

    long firstMicros = Long.MAX_VALUE;
    IpState state = new IpState();

    IpTotal(long ipId) {
        this.ipId = ipId;
    }

    void count(Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            if (samples.isCutOff(i)) {
                cutOff++;
            } else {
                switch (samples.outcome(i).counts()) {
                    case RECEIVED -> received++;
                    case LATE -> late++;
                    case LOST -> lost++;
                    case NOT_SENT -> notSent++;
                }
            }
            duplicates += samples.extra(i).duplicates();
            firstMicros = Math.min(firstMicros, samples.atMicros(i));
        }
    }
}
