package org.pingrecorder.agent.channel;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.ProxyChoice;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a control channel to the recorder open: dials out over WebSocket, says who this client is,
 * does what it is told, says how it does, and dials again, ever more slowly, when the channel is
 * lost. While there is none, it asks for the plan over HTTP. Whatever becomes of it, pinging and
 * delivery go on. One virtual thread, and one of an event loop; thread-safe.
 */
public final class ControlChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ControlChannel.class);

    /** Before, it may be a recorder that starts or stops. */
    private static final int BLOCKED_FOR_LONG = 3;

    private static final long MOST_REFUSED_MILLIS = Duration.ofHours(1).toMillis();

    private final Introduction self;
    private final RecorderClient recorder;
    private final Optional<ProxyChoice> proxy;
    private final Orders orders;
    private final Clock clock;
    private final ChannelTimes times;
    private final Backoff whenAway;
    private final Backoff whenBlocked;
    private final PlanPoll poll;
    private final ChannelLog log;
    private final Thread thread;
    private volatile boolean ending;
    private volatile @Nullable Conversation current;
    private int failures;
    private int blocked;
    private boolean nameTold;
    private long nextPollNanos;

    /** Connects nowhere before {@link #start}. */
    public ControlChannel(
            Introduction self,
            RecorderClient recorder,
            Optional<ProxyChoice> proxy,
            Orders orders,
            Clock clock) {
        this(self, recorder, proxy, orders, clock, ChannelTimes.STANDARD);
    }

    ControlChannel(
            Introduction self,
            RecorderClient recorder,
            Optional<ProxyChoice> proxy,
            Orders orders,
            Clock clock,
            ChannelTimes times) {
        this.self = self;
        this.recorder = recorder;
        this.proxy = proxy;
        this.orders = orders;
        this.clock = clock;
        this.times = times;
        this.whenAway = new Backoff(times.leastWait(), times.mostWait());
        this.whenBlocked = new Backoff(times.leastBlocked(), times.mostBlocked());
        this.poll = new PlanPoll(self.client(), recorder, orders, times);
        this.log = new ChannelLog(recorder.recorder(), times.poll());
        this.thread = Thread.ofVirtual().name("control").unstarted(this::work);
    }

    /** Connects in the background. */
    public void start() {
        thread.start();
    }

    /**
     * Sends what became of a task on the channel. A last word is small, and sent however much
     * waits.
     *
     * @return whether there is a channel, no goodbye was said on it, and what was sent before
     *     leaves; what it loses is not sent again
     */
    public boolean send(TaskResult result) {
        Conversation with = ending ? null : current;
        if (with == null || (!result.isLast() && !with.isWritable())) {
            return false;
        }
        with.send(result);
        return true;
    }

    /** Sends how this client does, if there is a channel and no goodbye was said on it. */
    public void send(Status status) {
        Conversation with = ending ? null : current;
        if (with != null) {
            with.send(status);
        }
    }

    /**
     * Says goodbye, if there is a channel, and waits until the recorder knows. Ends at once where
     * there is none, and when the caller is interrupted, who stays so.
     *
     * @param stoppedMicros since when nothing is pinged, in microseconds since the Unix epoch
     */
    public void stop(long stoppedMicros) {
        ending = true;
        Conversation with = current;
        try {
            if (with != null) {
                with.sayGoodbye(stoppedMicros);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void work() {
        try (Dialer dialer = new Dialer(recorder.recorder(), proxy, times)) {
            pollFrom(times.poll());
            while (!ending) {
                connectOrWait(dialer);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectOrWait(Dialer dialer) throws InterruptedException {
        try {
            connect(dialer);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("the control channel broke for a fault in this client; trying again", e);
            failures++;
            await(whenBlocked.delay(failures), false);
        }
    }

    /** One connection, from its beginning until it is time for the next. */
    private void connect(Dialer dialer) throws InterruptedException {
        Refused refused;
        try (Link link = dialer.dial()) {
            Conversation conversation = new Conversation(link, orders, clock, times);
            refused = conversation.register(self);
            if (refused == null) {
                refused = goOn(conversation);
            }
        } catch (LinkException e) {
            failures++;
            blocked = e.isBlocked() ? blocked + 1 : 0;
            if (e.isBlocked()) {
                if (!nameTold) {
                    tellName(false);
                }
                pollFrom(poll.ask());
                if (poll.isUnanswered()) {
                    blocked = 0; // what stands before a recorder that is away may look so
                }
            }
            int blockedForLong = blocked + 1 - BLOCKED_FOR_LONG;
            log.lost(e, blockedForLong > 0);
            await(
                    blockedForLong > 0
                            ? whenBlocked.delay(blockedForLong)
                            : whenAway.delay(failures),
                    true);
            return;
        }
        failures++;
        blocked = 0;
        log.refused(refused);
        if (refused.nameTaken()) {
            tellName(true);
        }
        Duration own = whenAway.delay(failures);
        Duration told = Duration.ofMillis(Math.clamp(refused.waitMs(), 0, MOST_REFUSED_MILLIS));
        await(own.compareTo(told) > 0 ? own : told, false);
    }

    private Refused goOn(Conversation conversation) throws LinkException, InterruptedException {
        log.open();
        tellName(false);
        long sinceNanos = clock.nanoTime();
        current = conversation;
        try {
            return conversation.goOn();
        } finally {
            current = null;
            orders.cancelAll();
            if (clock.nanoTime() - sinceNanos > times.mostWait().toNanos()) {
                failures = 0;
            }
            pollFrom(times.poll());
        }
    }

    private void tellName(boolean taken) {
        nameTold = true;
        orders.nameTaken(taken);
    }

    private void pollFrom(Duration wait) {
        nextPollNanos = clock.nanoTime() + wait.toNanos();
    }

    private void await(Duration wait, boolean polls) throws InterruptedException {
        long untilNanos = clock.nanoTime() + wait.toNanos();
        long leftNanos = wait.toNanos();
        while (leftNanos > 0 && !ending) {
            long pollNanos = polls ? nextPollNanos - clock.nanoTime() : leftNanos;
            if (pollNanos <= 0) {
                pollFrom(poll.ask());
            } else {
                Thread.sleep(Duration.ofNanos(Math.min(pollNanos, leftNanos)));
            }
            leftNanos = untilNanos - clock.nanoTime();
        }
    }
}
