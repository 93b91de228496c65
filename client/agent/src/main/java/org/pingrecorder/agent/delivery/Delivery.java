package org.pingrecorder.agent.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.pingrecorder.agent.recorder.RecorderAwayException;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.recorder.RequestRefusedException;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings decided pings to the recorder, each in a post of its own, several at a time. They wait in
 * memory while it is away and on disk while this client is not running. A post whose answer was
 * lost is sent again, so the recorder may store that ping twice, but never not at all.
 */
public final class Delivery implements PingSink {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final long INTERRUPT_MILLIS = 300;

    /** Then it is the ping's own fault, which must not hold up the others for ever. */
    private static final int MOST_FAULTS = 3;

    private static final Duration FAULT_PAUSE = Duration.ofMillis(250);

    private final String client;
    private final RecorderClient recorder;
    private final RecorderGate gate;
    private final DeliveryLimits limits;
    private final PingQueue queue;
    private final UndeliveredFile undelivered;
    private final SetAsideFile setAside;
    private final List<Thread> posters = new ArrayList<>();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final CountDownLatch ended;
    private final AtomicBoolean fileNeeded = new AtomicBoolean();
    private final Outage outage = new Outage();
    private volatile boolean loaded;
    private long stored;
    private boolean saidFull;
    private volatile boolean stopping;

    /**
     * Nothing is read or sent before {@link #start}.
     *
     * @param client under whose name the pings are posted
     */
    public Delivery(
            String client,
            RecorderClient recorder,
            RecorderGate gate,
            DataFolder folder,
            DeliveryLimits limits) {
        this.client = client;
        this.recorder = recorder;
        this.gate = gate;
        this.limits = limits;
        this.queue = new PingQueue(limits.queuedPings());
        this.undelivered = new UndeliveredFile(folder);
        this.setAside = new SetAsideFile(folder);
        this.ended = new CountDownLatch(limits.posts());
        for (int i = 0; i < limits.posts(); i++) {
            posters.add(Thread.ofVirtual().name("poster-" + i).unstarted(this::post));
        }
    }

    /**
     * Takes up what the last run left and begins to post.
     *
     * @throws IOException if what it left cannot be read
     */
    public void start() throws IOException {
        List<QueuedPing> left = undelivered.load();
        left.forEach(this::add);
        // Only now: a stop before would replace the file by a part of what is in it.
        loaded = true;
        if (!left.isEmpty()) {
            stored = left.size();
            fileNeeded.set(true);
            LOG.info("{} pings of the last run are still to be delivered", stored);
        }
        posters.forEach(Thread::start);
    }

    /** Takes a ping; from the engine's thread only. */
    @Override
    public void decided(PingResult result) {
        boolean dropped =
                queue.add(
                        result.ip().address().text(),
                        result.ip().family(),
                        result.ip().name(),
                        result.plannedEpochMicros(),
                        result.outcome(),
                        result.latencyMicros());
        if (dropped && !saidFull) {
            LOG.warn("too many results wait for the recorder: the oldest are dropped from now on");
            saidFull = true;
        } else if (saidFull && queue.unsettledCount() < limits.queuedPings() / 2) {
            // Only then: while a full queue drains, it is full again and again.
            saidFull = false;
        }
    }

    private void add(QueuedPing ping) {
        queue.add(
                ping.ip(),
                ping.family(),
                ping.name(),
                ping.epochMicros(),
                ping.outcome(),
                ping.latencyMicros());
    }

    private void post() {
        try {
            QueuedPing ping = queue.take();
            while (ping != null && deliver(ping)) {
                queue.settle(ping);
                afterSettling();
                ping = queue.take();
            }
        } catch (InterruptedException stopped) {
            // What is under way stays unsettled, and so goes to the file.
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** Returns false if this was stopped first. */
    private boolean deliver(QueuedPing ping) throws InterruptedException {
        int faults = 0;
        while (!stopping) {
            gate.enter();
            try {
                recorder.recordPing(client, ping.toWire());
                answered();
                delivered.incrementAndGet();
                return true;
            } catch (RequestRefusedException e) {
                answered();
                setAside.add(ping, String.valueOf(e.getMessage()));
                refused.incrementAndGet();
                return true;
            } catch (RecorderAwayException e) {
                gate.failed(e);
            } catch (RuntimeException e) {
                faults++;
                LOG.error("a ping could not be posted for a fault in this client", e);
            } finally {
                gate.leave();
            }
            if (faults == MOST_FAULTS) {
                setAside.add(ping, "this client failed " + faults + " times to post it");
                refused.incrementAndGet();
                return true;
            }
            if (faults > 0) {
                Thread.sleep(FAULT_PAUSE);
            }
        }
        return false;
    }

    /** Before this ping is settled, so that it too counts among those that waited. */
    private void answered() {
        gate.answered();
        Duration away = gate.takeOver();
        if (away != null) {
            outage.ended(away, queue);
        }
    }

    private void afterSettling() {
        outage.tellIfOver(queue);
        if (fileNeeded.get()
                && queue.firstUnsettled() >= stored
                && fileNeeded.compareAndSet(true, false)) {
            forgetStored();
        }
    }

    private void forgetStored() {
        try {
            undelivered.delete();
            LOG.info("the pings of the last run are delivered");
        } catch (IOException e) {
            LOG.error("cannot delete delivered pings: they will be sent again: {}", e.toString());
        }
    }

    /** Where every ping is that was ever handed over. */
    public DeliveryCounts counts() {
        return new DeliveryCounts(
                queue.addedCount(),
                delivered.get(),
                refused.get(),
                queue.droppedCount(),
                queue.unsettledCount());
    }

    /**
     * Stops posting, lets posts under way end for a moment, and puts everything else on disk; an
     * interrupt only ends the patience. A file that {@link #start} has not read to its end stays as
     * it is.
     *
     * @param patience for posts under way
     * @return how many are on disk
     * @throws IOException if they could not be written
     */
    public int stop(Duration patience) throws IOException {
        stopping = true;
        queue.close();
        boolean interrupted = endPosts(patience);
        try {
            List<QueuedPing> left = queue.unsettled();
            if (loaded || !undelivered.exists()) {
                undelivered.save(left);
            }
            return left.size();
        } finally {
            if (interrupted) {
                // Not before: an interrupted thread cannot write files.
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether the caller was interrupted meanwhile. */
    private boolean endPosts(Duration patience) {
        if (!loaded) {
            // Nothing was ever posted.
            return false;
        }
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                posters.forEach(Thread::interrupt);
                if (!ended.await(INTERRUPT_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.warn("a post under way does not end; its ping may be delivered twice");
                }
            }
            return false;
        } catch (InterruptedException e) {
            posters.forEach(Thread::interrupt);
            return true;
        }
    }
}
