package org.pingrecorder.agent.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
 * Keeps the recorder's list of this client's ips right: what is on its own list is registered as
 * {@link Source#CLIENT}; what no longer is as {@link Source#PLAN} where the plan has it, else as
 * {@link Source#POST}. What only ever was in plans is the recorder's own to list. Its own thread;
 * {@link #register} is for any.
 */
final class Registrar {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    /** The recorder may have been set up anew meanwhile. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private static final int IPS_A_POST = 1_000;

    private final String client;
    private final RecorderClient recorder;
    private final RecorderGate gate;
    private final BlockingQueue<Wanted> wanted = new LinkedBlockingQueue<>();
    private final Backoff backoff = Backoff.standard();
    private final Thread thread;
    private int failures;
    private String told = "";

    /**
     * What the recorder's list is to say.
     *
     * @param own this client's own
     * @param planned keys of what the plan has beside them
     */
    record Wanted(List<PingedIp> own, Set<String> planned) {}

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
    void register(Wanted now) {
        wanted.add(now);
    }

    private void work() {
        try {
            Wanted now = wanted.take();
            while (true) {
                Duration pause = settle(now) ? AGAIN : backoff.delay(failures);
                Wanted newer = wanted.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
                while (newer != null) {
                    // Only the newest list matters.
                    now = newer;
                    newer = wanted.poll();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean settle(Wanted now) throws InterruptedException {
        boolean probe = gate.enter();
        try {
            post(changes(client, recorder.ips(client), now));
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
    static List<NewIp> changes(String client, List<Ip> registered, Wanted now) {
        Map<String, Ip> there = new HashMap<>();
        registered.stream()
                .filter(ip -> ip.client().equals(client))
                .forEach(ip -> there.put(PingedIp.key(ip.ip(), ip.family()), ip));
        List<NewIp> changes = new ArrayList<>();
        for (PingedIp ip : now.own()) {
            Ip known = there.remove(ip.key());
            if (known == null
                    || known.source() != Source.CLIENT
                    || (ip.name() != null && !Objects.equals(known.name(), ip.name()))) {
                changes.add(
                        new NewIp(
                                ip.address().text(),
                                ip.family(),
                                client,
                                ip.name(),
                                Source.CLIENT));
            }
        }
        for (Ip gone : there.values()) {
            if (gone.source() == Source.CLIENT) {
                boolean isPlanned = now.planned().contains(PingedIp.key(gone.ip(), gone.family()));
                Source source = isPlanned ? Source.PLAN : Source.POST;
                changes.add(new NewIp(gone.ip(), gone.family(), client, gone.name(), source));
            }
        }
        return changes;
    }

    /** So many, in words. */
    static String targets(long count) {
        return count + (count == 1 ? " target" : " targets");
    }

    private void post(List<NewIp> changes)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        for (int from = 0; from < changes.size(); from += IPS_A_POST) {
            int to = Math.min(changes.size(), from + IPS_A_POST);
            recorder.register(changes.subList(from, to));
        }
        long added = changes.stream().filter(ip -> ip.source() == Source.CLIENT).count();
        if (!changes.isEmpty()) {
            LOG.info(
                    "told the recorder of {} added or renamed and {} no longer on this list",
                    targets(added),
                    changes.size() - added);
        }
    }
}
