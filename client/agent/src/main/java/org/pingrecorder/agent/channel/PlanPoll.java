package org.pingrecorder.agent.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.PlanAnswer;
import org.pingrecorder.agent.recorder.RecorderAwayException;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RequestRefusedException;
import org.pingrecorder.wire.control.Ack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the plan over HTTP, for the time without a control channel. For one thread. */
final class PlanPoll {

    private static final Logger LOG = LoggerFactory.getLogger(PlanPoll.class);

    private final String client;
    private final RecorderClient recorder;
    private final Orders orders;
    private final ChannelTimes times;
    private final Backoff backoff;
    private @Nullable String etag;
    private int failures;
    private boolean unanswered;

    PlanPoll(String client, RecorderClient recorder, Orders orders, ChannelTimes times) {
        this.client = client;
        this.recorder = recorder;
        this.orders = orders;
        this.times = times;
        this.backoff = new Backoff(times.poll(), times.mostPoll());
    }

    /**
     * Asks once, and follows what is new.
     *
     * @return how long to wait before the next time
     */
    Duration ask() throws InterruptedException {
        try {
            PlanAnswer answer = recorder.effectivePlan(client, etag);
            etag = null;
            if (answer.plan() != null) {
                Ack ack = orders.follow(answer.plan());
                if (ack != null) {
                    if (ack.revision() > 0) { // else nobody ever set a plan
                        recorder.acknowledge(client, ack);
                    }
                    etag = answer.etag();
                }
            } else {
                etag = answer.etag();
            }
            failures = 0;
            unanswered = false;
            return times.poll();
        } catch (RecorderAwayException | RequestRefusedException e) {
            unanswered = e instanceof RecorderAwayException away && !away.isAnswered();
            LOG.debug("the plan cannot be asked for", e);
            failures++;
            Duration wait = backoff.delay(failures);
            return wait.compareTo(times.poll()) > 0 ? wait : times.poll();
        }
    }

    /** Whether nobody answered the last time. */
    boolean isUnanswered() {
        return unanswered;
    }
}
