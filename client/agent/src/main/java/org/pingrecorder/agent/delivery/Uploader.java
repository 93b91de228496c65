package org.pingrecorder.agent.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.batch.BatchDecoder;
import org.pingrecorder.agent.batch.CorruptException;
import org.pingrecorder.agent.batch.Series;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.RecorderAwayException;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.recorder.RequestRefusedException;
import org.pingrecorder.agent.spool.Spool;
import org.pingrecorder.agent.spool.SpoolReader;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches from the spool to the recorder, in order and one request at a time, on a thread of
 * its own: one batch while it keeps up, many while it catches up. Nothing leaves the spool before a
 * receipt names it.
 */
final class Uploader {

    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

    private static final int MOST_BATCHES = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** After a request it rests so many times as long as it took to prepare: a fourth of a core. */
    private static final int REST_FACTOR = 3;

    /** And while it catches up, at least so long: ten requests a second at most. */
    private static final Duration LEAST_REST = Duration.ofMillis(100);

    /** Without a batch that is taken between them; the fault is hardly in so many batches. */
    private static final int MOST_SET_ASIDE_IN_A_ROW = 3;

    /** So long a segment that the disk does not give is asked for again. */
    private static final Duration FAULT_PATIENCE = Duration.ofMinutes(10);

    private static final Duration FIRST_FAULT_PAUSE = Duration.ofSeconds(1);
    private static final Duration MOST_FAULT_PAUSE = Duration.ofSeconds(30);

    /** Where the fault is in these, the next batch had better not repeat them. */
    private static final Pattern REPORTS = Pattern.compile("\\b(gaps|running)\\b");

    private static final Duration BLOCKED_PAUSE = Duration.ofSeconds(10);
    private static final Duration INTERRUPT_PATIENCE = Duration.ofMillis(300);

    private final String client;
    private final RecorderClient recorder;
    private final RecorderGate gate;
    private final Spool spool;
    private final SpoolReader reader;
    private final StampClock stamp;
    private final Clock clock;
    private final SetAsideFile setAside;
    private final UploadBody body;
    private final Supplier<DeliveryCounts> counts;
    private final Runnable onFault;
    private final Backoff faultBackoff = new Backoff(FIRST_FAULT_PAUSE, MOST_FAULT_PAUSE);
    private final Outage outage = new Outage();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().name("uploader").daemon().unstarted(this::work);
    private volatile boolean ending;
    private int mostBatches = MOST_BATCHES;
    private int setAsideInARow;
    private int faults;
    private long faultySinceNanos;

    Uploader(
            String client,
            RecorderClient recorder,
            RecorderGate gate,
            Spool spool,
            StampClock stamp,
            Clock clock,
            SetAsideFile setAside,
            Supplier<DeliveryCounts> counts,
            Runnable onFault) {
        this.client = client;
        this.recorder = recorder;
        this.gate = gate;
        this.spool = spool;
        this.reader = spool.reader();
        this.stamp = stamp;
        this.clock = clock;
        this.setAside = setAside;
        this.body = new UploadBody(stamp, spool.writer().id());
        this.counts = counts;
        this.onFault = onFault;
    }

    void start() {
        thread.start();
    }

    /**
     * Goes on until the spool is empty or the patience is over, then ends.
     *
     * @return whether the caller was interrupted meanwhile
     */
    boolean end(Duration patience) {
        ending = true;
        try {
            if (!thread.join(patience)) {
                thread.interrupt();
                if (!thread.join(INTERRUPT_PATIENCE)) {
                    LOG.warn("a request under way does not end; its batches are sent again later");
                }
            }
            return false;
        } catch (InterruptedException e) {
            thread.interrupt();
            return true;
        }
    }

    /** Pings that the recorder has stored. */
    long delivered() {
        return delivered.get();
    }

    /** Pings that it refused for good. */
    long refused() {
        return refused.get();
    }

    private void work() {
        try {
            while (spool.await(ending ? Duration.ZERO : IDLE) || !ending) {
                try {
                    step();
                    faults = 0;
                } catch (IOException | RuntimeException e) {
                    failed(e);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOG.error("results can no longer be uploaded for a fault; this client stops", e);
            onFault.run();
        }
    }

    /** A disk that fails may come back, and what it holds is then delivered after all. */
    private void failed(Exception e) throws InterruptedException {
        long nowNanos = clock.nanoTime();
        if (faults == 0) {
            faultySinceNanos = nowNanos;
        }
        boolean lasts = nowNanos - faultySinceNanos >= FAULT_PATIENCE.toNanos();
        if (faults == 0 || lasts) {
            LOG.error("results cannot be uploaded for a fault in this client or its disk", e);
        }
        faults++;
        Duration pause = faultBackoff.delay(faults);
        if (e instanceof CorruptException || (lasts && e instanceof IOException)) {
            reader.giveUp(e);
            faults = 0;
        } else if (lasts) {
            faultySinceNanos = nowNanos; // said again after as long
        }
        Thread.sleep(pause);
    }

    private void step() throws IOException, InterruptedException {
        if (!reader.rewind()) {
            return;
        }
        gate.enter();
        Duration rest = Duration.ZERO;
        try {
            long startNanos = clock.nanoTime();
            body.fill(reader, mostBatches);
            if (body.batches().isEmpty()) {
                reader.skipRest();
                return;
            }
            rest = Duration.ofNanos((clock.nanoTime() - startNanos) * REST_FACTOR);
            upload();
            if (body.batches().size() > 1 && rest.compareTo(LEAST_REST) < 0) {
                rest = LEAST_REST;
            }
        } catch (RequestRefusedException e) {
            if (body.batches().size() == 1 && setAsideInARow >= MOST_SET_ASIDE_IN_A_ROW) {
                gate.failed(RecorderAwayException.refusesAll(e));
            } else {
                answered();
                refusedWhole(e);
            }
        } catch (RecorderAwayException e) {
            gate.failed(e);
            // It may be its size that something on the way does not like.
            mostBatches = Math.max(1, body.batches().size() / 2);
        } finally {
            gate.leave();
        }
        outage.tellIfOver(counts.get());
        if (!ending) {
            Thread.sleep(rest);
        }
    }

    private void upload()
            throws IOException,
                    RecorderAwayException,
                    RequestRefusedException,
                    InterruptedException {
        List<SpoolReader.Stored> sent = List.copyOf(body.batches());
        long[] numbers = sent.stream().mapToLong(batch -> batch.header().number()).toArray();
        long sentMicros = stamp.unsteppedMicros();
        List<Receipt> receipts =
                recorder.recordPings(client, body.compressed(), sent.getFirst().spool(), numbers);
        stamp.answered(sentMicros, stamp.unsteppedMicros(), receipts.getLast().timeUs());
        spool.recorderTold(receipts.getLast().timeUs());
        answered();
        for (int i = 0; i < sent.size(); i++) {
            settle(sent.get(i), receipts.get(i));
        }
        mostBatches = Math.min(MOST_BATCHES, mostBatches * 2);
        setAsideInARow = 0;
    }

    private void answered() {
        gate.answered();
        Duration away = gate.takeOver();
        if (away != null) {
            outage.ended(away, counts.get());
        }
    }

    private void settle(SpoolReader.Stored batch, Receipt receipt) throws IOException {
        List<Receipt.Refused> named = receipt.refused();
        int gone = named == null || named.isEmpty() ? 0 : setAside(receipt, named);
        if (reader.confirm(batch)) {
            delivered.addAndGet(batch.header().pings() - gone);
            refused.addAndGet(gone);
        }
    }

    /** Reads the batch once more, which is the oldest now. */
    private int setAside(Receipt receipt, List<Receipt.Refused> refusals) throws IOException {
        SpoolReader.Stored again = reader.rewind() ? reader.next() : null;
        if (again == null || again.header().number() != receipt.batch()) {
            return 0; // dropped meanwhile
        }
        Map<Integer, List<Receipt.Refused>> bySeries =
                refusals.stream().collect(Collectors.groupingBy(Receipt.Refused::series));
        BatchDecoder batch = again.decoder();
        int gone = 0;
        int index = 0;
        for (Series s = batch.nextSeries(); s != null; s = batch.nextSeries()) {
            for (Receipt.Refused refusal : bySeries.getOrDefault(index, List.of())) {
                gone += setAside(s, refusal);
            }
            index++;
        }
        return gone;
    }

    private int setAside(Series series, Receipt.Refused refusal) {
        Integer index = refusal.index();
        int from = index == null ? 0 : index;
        int to = index == null ? series.count() : index + 1;
        if (from < 0 || to > series.count()) {
            return 0; // no such ping
        }
        for (int i = from; i < to; i++) {
            setAside.add(series, i, refusal.reason());
        }
        return to - from;
    }

    /** Halves what is sent until one batch is left that the recorder will never take. */
    private void refusedWhole(RequestRefusedException e) throws IOException, InterruptedException {
        int sent = body.batches().size();
        if (sent > 1) {
            mostBatches = sent / 2;
            return;
        }
        SpoolReader.Stored batch = reader.rewind() ? reader.next() : null;
        if (batch == null) {
            return; // dropped meanwhile
        }
        if (setAside.addBatch(body.plain(batch), String.valueOf(e.getMessage()))) {
            giveUp(batch.header().number(), e.field());
            setAsideInARow++;
            mostBatches = setAsideInARow < MOST_SET_ASIDE_IN_A_ROW ? MOST_BATCHES : 1;
        } else if (!ending) {
            Thread.sleep(BLOCKED_PAUSE);
        }
    }

    /** Reads the batch once more, for what it reports. */
    private void giveUp(long number, @Nullable String field) throws IOException {
        SpoolReader.Stored batch = reader.rewind() ? reader.next() : null;
        if (batch == null || batch.header().number() != number) {
            return; // dropped meanwhile
        }
        if (field == null || !REPORTS.matcher(field).find()) {
            reader.salvage(batch);
        }
        if (reader.confirm(batch)) {
            refused.addAndGet(batch.header().pings());
        }
    }
}
