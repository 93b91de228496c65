package org.pingrecorder.agent.channel;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.control.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what becomes of the control channel: each state once. For one thread. */
final class ChannelLog {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelLog.class);

    private final URI recorder;
    private final Duration poll;
    private @Nullable String told;

    ChannelLog(URI recorder, Duration poll) {
        this.recorder = recorder;
        this.poll = poll;
    }

    void open() {
        if (isNew("open")) {
            LOG.info("the control channel to {} is open", recorder);
        }
    }

    void refused(Refused refused) {
        if (isNew("refused " + refused.reason())) {
            LOG.warn(
                    "recorder {} refuses the control channel: {}; pinging and delivery go on{}",
                    recorder,
                    refused.reason(),
                    refused.nameTaken() ? ", and its list of targets stays the other's" : "");
        }
    }

    void lost(LinkException why, boolean blockedForLong) {
        if (!isNew(blockedForLong ? "blocked" : "away")) {
            LOG.debug("still no control channel", why);
        } else if (blockedForLong) {
            LOG.warn(
                    "the control channel to {} does not get through ({}): the plan is asked for"
                            + " every {} s instead, and there are no tasks; let WebSocket through"
                            + " to {}/ws",
                    recorder,
                    why.getMessage(),
                    poll.toSeconds(),
                    recorder);
        } else {
            LOG.info(
                    "there is no control channel to {} ({}); trying again",
                    recorder,
                    why.getMessage());
        }
    }

    private boolean isNew(String state) {
        boolean isNew = !state.equals(told);
        told = state;
        return isNew;
    }
}
