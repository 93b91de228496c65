package org.pingrecorder.agent.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.RecorderAwayException;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.recorder.RequestRefusedException;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the recorder's list of this client's ips right: what it pings is registered as {@link
 * Source#CLIENT}, what it no longer pings as {@link Source#POST}; what a plan names is on it, and
 * the recorder itself says so. What another client of this name pings is that one's to say. Its own
 * thread; {@link #register} and {@link #nameTaken} are for any.
 */
final class Registrar {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    /** The recorder may have been set up anew meanwhile. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    /** Without a word of the recorder on whose the name is. */
    private static final Duration MOST_DOUBT = Duration.ofSeconds(10);

    private static final int IPS_A_POST = 1_000;

    private final String client;
    private final RecorderClient recorder;
    private final RecorderGate gate;
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch nameKnown = new CountDownLatch(1);
    private final Backoff backoff = Backoff.standard();
    private final Thread thread;
    private volatile @Nullable Pinged wanted;
    private volatile boolean nameTaken;
    private int failures;
    private String told = "";

    /** What is pinged: by the client's own list, and only by a plan. */
    private record Pinged(List<PingedIp> own, List<PingedIp> planned) {}

    Registrar(String client, RecorderClient recorder, RecorderGate gate) {
        this.client = client;
        this.recorder = recorder;
        this.gate = gate;
        this.thread = Thread.ofVirtual().name("registrar").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    /** Makes the recorder's list say that these are pinged, as soon as it can be reached. */
    void register(List<PingedIp> own, List<PingedIp> planned) {
        wanted = new Pinged(List.copyOf(own), List.copyOf(planned));
        news.release();
    }

    /** Whether another client has this one's name: nothing is registered until it has not. */
    void nameTaken(boolean taken) {
        if (taken != nameTaken) {
            nameTaken = taken;
            news.release();
        }
        nameKnown.countDown();
    }

    private void work() {
        try {
            var _ = nameKnown.await(MOST_DOUBT.toMillis(), TimeUnit.MILLISECONDS);
            news.acquire();
            while (true) {
                news.drainPermits();
                Pinged pinged = wanted;
                boolean settled = pinged == null || nameTaken || settle(pinged);
                Duration pause = settled ? AGAIN : backoff.delay(failures);
                var _ = news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean settle(Pinged pinged) throws InterruptedException {
        boolean probe = gate.enter();
        try {
            post(changes(client, recorder.ips(client), pinged.own(), pinged.planned()));
            gate.answered();
            failures = 0;
            return true;
        } catch (RequestRefusedException e) {
            gate.answered();
            tellOnce(String.valueOf(e.getMessage()));
            return true;
        } catch (RecorderAwayException e) {
            if (probe || !e.isAnswered()) {
                gate.failed(e);
            } else {
                tellOnce(String.valueOf(e.getMessage()));
            }
            failures++;
            return false;
        } catch (RuntimeException e) {
            LOG.error("targets cannot be registered for a fault in this client", e);
            failures++;
            return false;
        } finally {
            gate.leave();
        }
    }

    private void tellOnce(String why) {
        if (!why.equals(told)) {
            LOG.warn("targets cannot be registered at the recorder ({}); pinging goes on", why);
        }
        told = why;
    }

    /**
     * What the recorder has to be told.
     *
     * @param registered may hold other clients' ips too: not every recorder filters
     */
    static List<NewIp> changes(
            String client, List<Ip> registered, List<PingedIp> own, List<PingedIp> planned) {
        Map<String, Ip> there = new HashMap<>();
        registered.stream()
                .filter(ip -> ip.client().equals(client))
                .forEach(ip -> there.put(PingedIp.key(ip.ip(), ip.family()), ip));
        List<NewIp> changes = new ArrayList<>();
        for (PingedIp ip : own) {
            Ip known = there.remove(ip.key());
            if (known == null
                    || known.source() != Source.CLIENT
                    || (ip.name() != null && !Objects.equals(known.name(), ip.name()))) {
                changes.add(change(client, ip, Source.CLIENT));
            }
        }
        for (PingedIp ip : planned) {
            Ip known = there.remove(ip.key());
            if (known == null || known.source() == Source.CLIENT) {
                changes.add(change(client, ip, known == null ? null : Source.POST));
            }
        }
        for (Ip gone : there.values()) {
            if (gone.source() == Source.CLIENT) {
                changes.add(new NewIp(gone.ip(), gone.family(), client, gone.name(), Source.POST));
            }
        }
        return changes;
    }

    /** So many, in words. */
    static String targets(long count) {
        return count + (count == 1 ? " target" : " targets");
    }

    private static NewIp change(String client, PingedIp ip, @Nullable Source source) {
        return new NewIp(ip.address().text(), ip.family(), client, ip.name(), source);
    }

    private void post(List<NewIp> changes)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        for (int from = 0; from < changes.size(); from += IPS_A_POST) {
            int to = Math.min(changes.size(), from + IPS_A_POST);
            recorder.register(changes.subList(from, to));
        }
        long added = changes.stream().filter(ip -> ip.source() != Source.POST).count();
        if (!changes.isEmpty()) {
            LOG.info(
                    "told the recorder of {} added or renamed and {} no longer pinged",
                    targets(added),
                    changes.size() - added);
        }
    }
}
