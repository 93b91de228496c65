package org.pingrecorder.agent.channel;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.FromRecorder;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on one {@link Link}, from the first message to its end. {@link #send} and {@link
 * #sayGoodbye} are for any thread, the rest is for one.
 */
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    /** A goodbye is said once, and then again. */
    private static final int MOST_GOODBYES = 3;

    private static final long LEAST_STATUS_MILLIS = 100;
    private static final long MOST_STATUS_MILLIS = Duration.ofHours(1).toMillis();

    private final Link link;
    private final Orders orders;
    private final Clock clock;
    private final ChannelTimes times;
    private final ObjectMapper mapper = ObjectMapper.getDefault();
    private final CountDownLatch parted = new CountDownLatch(1);
    private volatile boolean leaving;
    private long statusNanos;

    Conversation(Link link, Orders orders, Clock clock, ChannelTimes times) {
        this.link = link;
        this.orders = orders;
        this.clock = clock;
        this.times = times;
    }

    /**
     * Says who this is.
     *
     * @return the recorder's refusal, or null if it takes this client
     * @throws LinkException if there is no answer
     */
    @Nullable Refused register(Introduction self) throws LinkException, InterruptedException {
        send(self.register(clock.epochMicros(), orders.planRevision()));
        long untilNanos = clock.nanoTime() + times.patience().toNanos();
        for (FromRecorder message = receive(untilNanos);
                clock.nanoTime() - untilNanos < 0;
                message = receive(untilNanos)) {
            switch (message) {
                case Refused refused -> {
                    return refused;
                }
                case Registered registered -> {
                    statusNanos =
                            Math.clamp(
                                            registered.statusIntervalMs(),
                                            LEAST_STATUS_MILLIS,
                                            MOST_STATUS_MILLIS)
                                    * 1_000_000;
                    if (registered.plan() != null) {
                        handle(registered.plan());
                    }
                    return null;
                }
                case null -> LOG.debug("no answer yet");
                default -> LOG.debug("{} came before the answer", message);
            }
        }
        throw LinkException.blocked("it was opened, but nothing comes through", null);
    }

    /**
     * Does what the recorder says.
     *
     * @return why it wants this client no more
     * @throws LinkException once the connection is gone
     */
    Refused goOn() throws LinkException, InterruptedException {
        try {
            while (true) {
                if (!leaving) {
                    send(orders.status());
                }
                long nextNanos = clock.nanoTime() + statusNanos;
                while (clock.nanoTime() - nextNanos < 0) {
                    FromRecorder message = receive(nextNanos);
                    if (message instanceof Refused refused) {
                        return refused;
                    }
                    if (message != null) {
                        handle(message);
                    }
                }
            }
        } finally {
            parted.countDown();
        }
    }

    private void handle(FromRecorder message) {
        try {
            switch (message) {
                case ByeAck _ -> parted.countDown();
                case Plan plan -> follow(plan);
                case Task task -> {
                    if (!leaving) {
                        orders.task(task);
                    }
                }
                case Cancel cancel -> orders.cancel(cancel);
                case Registered _, Refused _ -> LOG.debug("{} comes too late", message);
            }
        } catch (RuntimeException e) {
            LOG.error("an order of the recorder failed for a fault in this client", e);
        }
    }

    private void follow(Plan plan) {
        Ack ack = leaving ? null : orders.follow(plan);
        if (ack != null) {
            send(ack);
        }
    }

    /** The next message that can be read; null if there is none by then. */
    private @Nullable FromRecorder receive(long untilNanos)
            throws LinkException, InterruptedException {
        String text = link.receive(Duration.ofNanos(untilNanos - clock.nanoTime()));
        try {
            return text == null ? null : mapper.readValue(text, FromRecorder.class);
        } catch (IOException e) {
            LOG.warn(
                    "the recorder says what this client does not understand ({}): if it is newer,"
                            + " update this client",
                    e.getMessage());
            return null;
        }
    }

    /** Whether what was sent leaves; see {@link Link#isWritable}. */
    boolean isWritable() {
        return link.isWritable();
    }

    /** Sends a message; it is lost if the connection is. */
    void send(FromClient message) {
        try {
            link.send(mapper.writeValueAsString(Argument.of(FromClient.class), message));
        } catch (IOException e) {
            throw new UncheckedIOException("a message of ours cannot be written as JSON", e);
        }
    }

    /**
     * Tells the recorder that this client stops, until it knows or the connection is gone.
     *
     * @param stoppedMicros since when nothing is pinged
     */
    void sayGoodbye(long stoppedMicros) throws InterruptedException {
        leaving = true;
        for (int i = 0; i < MOST_GOODBYES && parted.getCount() > 0; i++) {
            send(new Bye(stoppedMicros));
            if (parted.await(times.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }
}
