package org.pingrecorder.agent.cutoff;

import static java.util.stream.Collectors.joining;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingSink;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings this client's reference addresses beside a timetable, judges by them whether the client is
 * cut off from its network, and marks what it loses meanwhile: see {@link CutOff} for the rule. A
 * ping that was answered is never marked, nor is one that was not sent.
 *
 * <p>What can be missed: a ping that is decided lost (by a short timeout, or an ICMP error) before
 * the next reference ping is due, though the way is cut already; it counts as lost. What can be
 * marked wrongly: a ping that its target would have lost anyway, for nobody can tell.
 */
public final class CutOffWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CutOffWatch.class);

    private final List<Reference> references;
    private final Clock clock;
    private final PingSink counted;
    private final HeldPings held;
    private final Runnable onChange;
    private final Gateway gateway;
    private final CutOff judge;
    private volatile @Nullable ReferencePings pings;
    private volatile List<Optional<EchoTarget>> located = List.of();
    private volatile @Nullable Long sinceMicros;

    /** For the engine's thread. */
    private boolean isConnected;

    /**
     * Watches nothing before {@link #openEngine}.
     *
     * @param references without any, this client is never cut off
     * @param counted takes all pings but those that {@code held} takes
     * @param onChange run on the engine's thread when {@link #sinceMicros} has changed
     */
    public CutOffWatch(
            List<Reference> references,
            Clock clock,
            PingSink counted,
            HeldPings held,
            Runnable onChange) {
        this(references, clock, counted, held, onChange, new Gateway(Path.of("/proc/net")));
    }

    CutOffWatch(
            List<Reference> references,
            Clock clock,
            PingSink counted,
            HeldPings held,
            Runnable onChange,
            Gateway gateway) {
        this.references = references;
        this.clock = clock;
        this.counted = counted;
        this.held = held;
        this.onChange = onChange;
        this.gateway = gateway;
        this.judge = new CutOff(references.size(), new Judgement());
    }

    /**
     * Opens an engine that pings a timetable, and the references beside it.
     *
     * @throws IcmpUnavailableException if this process may not ping
     */
    public IcmpEngine openEngine(EngineConfig config, Timetable timetable)
            throws IcmpUnavailableException {
        if (references.isEmpty()) {
            return IcmpEngine.open(config, clock, timetable, timetable);
        }
        ReferencePings both = new ReferencePings(timetable, timetable, references.size(), judge);
        pings = both;
        tick();
        return IcmpEngine.open(config, clock, both, both);
    }

    /** Looks where the references are now. To be called about once a second, by one thread. */
    public void tick() {
        ReferencePings both = pings;
        if (both == null) {
            return;
        }
        List<Optional<EchoTarget>> found = references.stream().map(this::locate).toList();
        if (!found.equals(located)) {
            tellGateway(found);
            located = found;
            both.locate(found);
        }
    }

    private Optional<EchoTarget> locate(Reference reference) {
        Address address = reference.address();
        if (address == null) {
            return gateway.find();
        }
        try {
            return Optional.of(EchoTarget.of(InetAddress.ofLiteral(address.text())));
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is on an interface that is not there", address, e);
            return Optional.empty();
        }
    }

    private void tellGateway(List<Optional<EchoTarget>> found) {
        int index = references.indexOf(Reference.OF_GATEWAY);
        if (index >= 0 && (located.isEmpty() || !located.get(index).equals(found.get(index)))) {
            LOG.info(
                    "cut-off check: the default gateway is {}",
                    found.get(index).map(EchoTarget::toString).orElse("nowhere"));
        }
    }

    /** A ping of the timetable is decided; on the engine's thread. */
    public void decided(PingResult result) {
        CutOff.Verdict verdict =
                result.outcome().counts() == Outcome.Counts.LOST
                        ? judge.verdict(result.sentAtNanos())
                        : CutOff.Verdict.COUNTS;
        switch (verdict) {
            case COUNTS -> counted.decided(result);
            case CUT_OFF -> held.cutOff(result);
            case HELD -> held.hold(result);
        }
    }

    /**
     * Since when this client is cut off, in microseconds since the Unix epoch; null while it is
     * not. For any thread.
     */
    public @Nullable Long sinceMicros() {
        return sinceMicros;
    }

    private final class Judgement implements CutOff.Listener {

        @Override
        public void connected() {
            isConnected = true;
            held.release(false);
        }

        @Override
        public void cutOff(long sinceNanos) {
            long ago = clock.nanoTime() - sinceNanos;
            long since = clock.epochMicros() - ago / 1_000;
            sinceMicros = since;
            held.release(true);
            LOG.warn(
                    "cut off from the network since {}: no answer from {}; what is lost until there"
                            + " is one is marked{}",
                    Instant.ofEpochSecond(since / 1_000_000),
                    names(),
                    isConnected ? "" : " (there never was one: see --cut-off-check)");
            onChange.run();
        }

        private String names() {
            String all = references.stream().map(Reference::toString).collect(joining(", "));
            return references.size() == 1 ? all : "any of " + all;
        }

        @Override
        public void back(int reference) {
            isConnected = true;
            Long since = sinceMicros;
            sinceMicros = null;
            LOG.info(
                    "no longer cut off from the network, after {} s: {} answers",
                    since == null ? 0 : (clock.epochMicros() - since) / 1_000_000,
                    references.get(reference));
            onChange.run();
        }
    }
}
